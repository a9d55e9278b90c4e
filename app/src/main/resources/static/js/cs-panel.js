/*
 * The preview at the right: Space on a row with data-preview="/url" opens it, J and K keep walking with it open, Enter opens the page.
 * The address answers a page or a fragment; of a page, the element with data-preview-part is shown, else its main part.
 */
const panel = () => document.getElementById("panel")

document.addEventListener("perennial:preview", (event) => {
  panel()?.open && panel().row === event.detail ? panel().close() : preview(event.detail)
})
document.addEventListener("perennial:row", (event) => {
  if (panel()?.open && event.detail.dataset.preview) preview(event.detail)
})
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && panel()?.open && !document.querySelector("dialog:modal") && !event.defaultPrevented) panel().close()
})
document.addEventListener("click", (event) => {
  const opener = event.target.closest?.("[data-open-preview]")
  const row = opener?.closest("[data-preview]")
  if (row) { event.preventDefault(); preview(row) }
})

async function preview(row) {
  const drawer = panel()
  if (!drawer) return
  drawer.row = row
  const title = row.dataset.previewTitle ?? row.querySelector("a[href]")?.textContent.trim() ?? "Preview"
  drawer.querySelector("#panel-title").textContent = title
  drawer.querySelector("[data-panel-open]").href = row.querySelector("a[href]")?.href ?? row.dataset.preview
  if (!drawer.open) {
    const focused = document.activeElement
    drawer.show()
    focused?.focus({ preventScroll: true })
    drawer.addEventListener("close", () => {
      const grid = drawer.row.closest("cs-grid") ?? row.closest("cs-grid")
      if (grid) grid.enter()
      else if (row.isConnected) (row.querySelector("a[href], button") ?? row).focus({ preventScroll: true })
    }, { once: true })
  }
  drawer.asking?.abort()
  drawer.asking = new AbortController()
  try {
    const answer = await fetch(row.dataset.preview, { headers: { "HX-Request": "true" }, signal: drawer.asking.signal })
    if (!answer.ok) throw new Error(String(answer.status))
    const page = new DOMParser().parseFromString(await answer.text(), "text/html")
    const part = page.querySelector("[data-preview-part]") ?? page.querySelector("main") ?? page.body
    const body = drawer.querySelector("#panel-body")
    body.replaceChildren(...part.childNodes)
    body.scrollTop = 0
    htmx.process(body)
  } catch (problem) {
    if (problem.name !== "AbortError") drawer.querySelector("#panel-body").textContent = "The preview could not be fetched. Open the page instead."
  }
}
