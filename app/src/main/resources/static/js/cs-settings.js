/* Theme, density and the other settings of the browser apply at once and are saved behind the scenes. */
document.addEventListener("submit", async (event) => {
  const form = event.target.closest("[data-preferences]")
  const button = event.submitter
  if (!form || !button?.name) return
  event.preventDefault()
  perennial.setting(button.name, button.value)
  if (button.name === "rail") {
    button.value = button.value === "on" ? "off" : "on"
    button.setAttribute("aria-label", button.value === "on" ? "Unfold the menu" : "Fold the menu")
  }
  button.parentElement.querySelectorAll("[aria-pressed]").forEach((other) =>
    other.setAttribute("aria-pressed", String(other === button)))
  const data = new URLSearchParams(new FormData(form))
  data.set(button.name, button.name === "rail" ? document.documentElement.dataset.rail : button.value)
  const answer = await fetch(form.action, { method: "POST", body: data, headers: perennial.headers() }).catch(() => null)
  if (answer?.ok && button.name === "windows") return location.reload()
  if (!answer?.ok) perennial.say("The setting could not be saved. It holds for this page only.")
})

/* The off-canvas rail on narrow screens works as a target link; with script it also closes on Esc and returns focus. */
document.addEventListener("click", (event) => {
  const rail = document.getElementById("rail")
  if (!rail) return
  if (event.target.closest?.(".rail-open")) {
    event.preventDefault()
    rail.dataset.open = ""
    rail.querySelector("a")?.focus()
  } else if (event.target.closest?.(".rail-close") || (rail.hasAttribute("data-open") && !rail.contains(event.target))) {
    event.preventDefault()
    closeRail(rail)
  }
})
document.addEventListener("keydown", (event) => {
  const rail = document.getElementById("rail")
  if (event.key === "Escape" && rail?.hasAttribute("data-open")) closeRail(rail)
})
function closeRail(rail) {
  delete rail.dataset.open
  document.querySelector(".rail-open")?.focus()
}

if (/Mac|iP(hone|ad)/.test(navigator.platform)) {
  document.querySelectorAll("[data-mod-key]").forEach((key) => { key.textContent = key.textContent.replace("Ctrl ", "⌘") })
}
