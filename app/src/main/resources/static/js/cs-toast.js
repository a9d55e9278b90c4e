/* <cs-toast role=status>: short news that goes by itself. */
class Toast extends HTMLElement {
  connectedCallback() {
    document.addEventListener("perennial:say", this)
    document.addEventListener("htmx:responseError", this)
    document.addEventListener("htmx:sendError", this)
    document.addEventListener("say", this)
  }
  disconnectedCallback() {
    for (const name of ["perennial:say", "htmx:responseError", "htmx:sendError", "say"]) document.removeEventListener(name, this)
  }
  handleEvent(event) {
    if (event.type === "htmx:sendError") return this.show("No connection. What you wrote is still here; try again.")
    if (event.type === "htmx:responseError") return this.failed(event.detail.xhr.status)
    // The server may say something by the header HX-Trigger: {"say":"Owner changed to Ana"}.
    this.show(typeof event.detail === "string" ? event.detail : event.detail?.value)
  }
  failed(status) {
    if (status === 401) return location.assign("/sign-in")
    this.show(status === 403 ? "Your role does not allow this. Nothing was changed."
      : status === 404 ? "This is no longer there. Reload the page to see what is."
      : "The server could not do this. Nothing was changed; try again.")
  }
  show(text) {
    if (!text) return
    const line = document.createElement("div")
    line.className = "toast"
    line.textContent = text
    this.append(line)
    setTimeout(() => line.remove(), Math.max(5000, text.length * 90))
  }
}
customElements.define("cs-toast", Toast)
