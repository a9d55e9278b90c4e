/*
 * <cs-hold>: a list that fetches itself again while it is read from its top. Who has scrolled down reads: then the region is left
 * alone, and its head offers what is new.
 */
class Hold extends HTMLElement {
  connectedCallback() {
    this.scrolled = () => this.toggleAttribute("data-editing", this.scrollTop > 0)
    this.addEventListener("scroll", this.scrolled, { passive: true })
  }
}
customElements.define("cs-hold", Hold)
