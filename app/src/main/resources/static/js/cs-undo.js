/*
 * <cs-undo>: what was just changed, with its Undo, until the next change or until it is put away; never on a timer.
 * Event perennial:undo {change, words}. Ctrl or Cmd and Z press the button while nothing is typed.
 */
class UndoBar extends HTMLElement {
  connectedCallback() {
    const make = (name, attributes, text) => {
      const element = document.createElement(name)
      for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value)
      element.textContent = text
      return element
    }
    this.words = make("span", { role: "status" }, "")
    this.button = make("button", { type: "button", class: "button button-small", hidden: "" }, "Undo")
    this.button.append(" ", make("kbd", {}, /Mac|iP/.test(navigator.platform) ? "⌘ Z" : "Ctrl Z"))
    this.away = make("button", { type: "button", class: "button button-quiet button-small", hidden: "" }, "Put away")
    this.replaceChildren(this.words, this.button, this.away)
    this.button.addEventListener("click", () => this.undo())
    this.away.addEventListener("click", () => this.show("", null))
    this.offered = (event) => this.show(event.detail.words, event.detail.change)
    this.pressed = (event) => {
      if ((event.ctrlKey || event.metaKey) && !event.shiftKey && event.key.toLowerCase() === "z" && this.change && !perennial.isTyping(event.target)) {
        event.preventDefault()
        this.undo()
      }
    }
    document.addEventListener("perennial:undo", this.offered)
    document.addEventListener("keydown", this.pressed)
  }
  disconnectedCallback() {
    document.removeEventListener("perennial:undo", this.offered)
    document.removeEventListener("keydown", this.pressed)
  }

  show(words, change) {
    const focused = this.contains(document.activeElement)
    this.change = change
    this.words.textContent = words
    this.button.hidden = !change
    this.away.hidden = !words
    this.toggleAttribute("data-open", !!words)
    if (focused) document.querySelector("cs-grid")?.enter?.()
  }

  async undo() {
    const { change } = this
    this.change = null
    const answer = await fetch(`/changes/${change}/undo`, { method: "POST", headers: perennial.headers() }).catch(() => null)
    if (answer?.ok) this.show("Undone. " + this.words.textContent, null)
    else if (answer?.status === 409) this.show(new DOMParser().parseFromString(await answer.text(), "text/html").querySelector(".problem")?.textContent.trim() ?? "It could not be undone.", null)
    else { this.change = change; perennial.say("No connection. Nothing was undone; try again.") }
    document.querySelector("cs-grid")?.refresh?.()
  }
}
customElements.define("cs-undo", UndoBar)
