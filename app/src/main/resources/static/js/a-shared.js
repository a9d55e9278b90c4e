/*
 * What the behaviours share. Scripts are joined into one file, each in a block of its own, this one first;
 * the shared part therefore hangs on one global name.
 */
const shared = {
  /** Says something to everybody, screen readers included. Holds no action: actions stand on the page. */
  say(text) {
    document.dispatchEvent(new CustomEvent("perennial:say", { detail: text }))
  },

  /** True while keys belong to what is being written. */
  isTyping(target) {
    return target instanceof Element &&
      !!target.closest("input:not([type=checkbox]):not([type=radio]):not([type=button]), textarea, select, [contenteditable=true]")
  },

  isChanged(control) {
    if (control.matches("[type=hidden], [type=submit], [type=button], [data-ignore-changes]")) return false
    if (control.matches("[type=checkbox], [type=radio]")) return control.checked !== control.defaultChecked
    if (control.matches("select")) {
      const options = [...control.options]
      const preset = options.filter((option) => option.defaultSelected)
      if (preset.length === 0 && !control.multiple) return control.selectedIndex > 0
      return options.some((option) => option.selected !== option.defaultSelected)
    }
    if (control.matches("[type=file]")) return control.files.length > 0
    return control.value !== control.defaultValue
  },

  /** A region that somebody works in: marked so, with changed fields, or with something of it open. */
  isEdited(region) {
    if (region.closest("[data-editing]") || region.querySelector("[data-editing]")) return true
    if ([...region.querySelectorAll("input, textarea, select")].some(shared.isChanged)) return true
    if (region.querySelector("[contenteditable=true]:focus")) return true
    return !!region.querySelector("dialog[open], details[open] > form, cs-menu[data-open], :popover-open")
  },

  headers() {
    const { csrfHeader, csrfToken } = document.body.dataset
    return csrfToken ? { [csrfHeader]: csrfToken, "X-Requested-With": "fetch" } : { "X-Requested-With": "fetch" }
  },

  /** Puts one region of a page in place by htmx, so that focus and settling follow the same rules as everywhere. */
  load(url, region) {
    return htmx.ajax("GET", url, { source: region, target: region, swap: "outerHTML", select: "#" + CSS.escape(region.id) })
  },

  setting(name, value) {
    document.documentElement.dataset[name] = value
    document.dispatchEvent(new CustomEvent("perennial:setting", { detail: { name, value } }))
  },
}
window.perennial = shared
