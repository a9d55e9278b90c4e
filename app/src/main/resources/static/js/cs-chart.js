/*
 * <cs-chart>: draws the JSON in its attribute data-spec with ECharts, which is fetched only when the first chart comes near the
 * screen. Without script, and on "Show table", the table inside is what one sees. The spec is ours and holds no code and no HTML:
 *
 *   kind     line | step (a line that stays until it falls) | bar | stack | hbar | scatter
 *   labels   one per point; for scatter the name of each point
 *   series   [{name, values, color, dashed, over}]   color: healthy watch at-risk unknown accent, or 1 to 7; scatter values: [x, y, size];
 *            over: in percent, a line over the bars on an axis of its own
 *   x, y     {name, unit, min, max}
 *   bands    [{from, to, color}]   lines [{value, text}]   markers [{at: label, text}]   links [url per label]
 */
let arriving = null
function echarts() {
  arriving ??= import(document.querySelector("meta[name=perennial-echarts]").content).then(() => window.echarts)
  return arriving
}

class Chart extends HTMLElement {
  connectedCallback() {
    this.plot = this.querySelector(".chart-plot")
    this.readout = this.querySelector(".chart-readout")
    try { this.spec = JSON.parse(this.dataset.spec) } catch { return }
    const toggle = this.querySelector(".chart-toggle")
    toggle?.addEventListener("click", () => {
      const table = this.toggleAttribute("data-table")
      toggle.setAttribute("aria-pressed", String(table))
      toggle.lastChild.textContent = table ? "Show chart" : "Show table"
      if (!table) this.chart?.resize()
    })
    this.watcher = new IntersectionObserver((seen) => { if (seen.some((entry) => entry.isIntersecting)) this.start() }, { rootMargin: "200px" })
    this.watcher.observe(this)
    this.restyled = () => this.draw()
    this.dark = matchMedia("(prefers-color-scheme: dark)")
    this.dark.addEventListener("change", this.restyled)
    document.addEventListener("perennial:setting", this.restyled)
    // Paper is narrower than the screen and nothing is drawn again for it: the drawing is scaled as it is.
    this.printed = () => {
      const svg = this.plot.querySelector("svg")
      svg?.setAttribute("viewBox", `0 0 ${svg.clientWidth} ${svg.clientHeight}`)
    }
    this.unscale = () => this.plot.querySelector("svg")?.removeAttribute("viewBox")
    addEventListener("beforeprint", this.printed)
    addEventListener("afterprint", this.unscale)
  }

  disconnectedCallback() {
    this.watcher?.disconnect()
    this.resizer?.disconnect()
    this.dark?.removeEventListener("change", this.restyled)
    document.removeEventListener("perennial:setting", this.restyled)
    removeEventListener("beforeprint", this.printed)
    removeEventListener("afterprint", this.unscale)
    this.chart?.dispose()
    this.chart = null
  }

  async start() {
    this.watcher.disconnect()
    const library = await echarts().catch(() => null)
    if (!library || !this.isConnected || this.chart) return
    this.setAttribute("data-drawn", "")
    this.chart = library.init(this.plot, null, { renderer: "svg" })
    this.draw()
    this.resizer = new ResizeObserver(() => { this.unscale(); this.chart?.resize() })
    this.resizer.observe(this.plot)
    this.chart.on("click", (event) => this.open(event.dataIndex))
    this.plot.addEventListener("keydown", (event) => this.key(event))
    this.plot.addEventListener("blur", () => this.chart?.dispatchAction({ type: "hideTip" }))
  }

  /* Tokens are read through an element, because light-dark() is resolved only where it is used. */
  color(name) {
    const probe = this.readout
    probe.style.color = `var(--${/^\d$/.test(name) ? "chart-" + name : name})`
    const value = getComputedStyle(probe).color
    probe.style.color = ""
    return value
  }

  draw() {
    if (!this.chart) return
    const { spec } = this
    const ink = this.color("ink-2")
    const quiet = this.color("ink-3")
    const line = this.color("line")
    const flat = spec.kind === "hbar"
    const lined = spec.kind === "line" || spec.kind === "step"
    const category = { type: "category", data: spec.labels, boundaryGap: !lined, axisTick: { show: false },
      axisLine: { lineStyle: { color: line } }, axisLabel: { color: quiet, hideOverlap: true }, inverse: flat }
    const value = (axis = {}) => ({ type: "value", min: axis.min, max: axis.max, name: axis.name, nameTextStyle: { color: quiet, align: "left" },
      splitLine: { lineStyle: { color: line } }, axisLabel: { color: quiet, formatter: (number) => this.written(number, axis) }, splitNumber: 4,
      interval: axis.min === 0 && axis.max === 100 ? 25 : undefined })
    const scatter = spec.kind === "scatter"
    const over = spec.series.some((series) => series.over)
    const share = { ...value({ min: 0, max: 100, unit: "%" }), splitLine: { show: false } }
    this.chart.setOption({
      animation: !matchMedia("(prefers-reduced-motion: reduce)").matches,
      animationDuration: 180,
      aria: { enabled: true, label: { enabled: false }, decal: { show: spec.kind === "stack" && spec.series.length > 1 } },
      color: spec.series.map((series, index) => this.color(String(series.color ?? index + 1))),
      textStyle: { fontFamily: getComputedStyle(this).fontFamily, fontSize: 11, color: ink },
      grid: { left: 4, right: lined ? 72 : 16, top: 12 + (spec.y?.name || spec.markers?.length ? 14 : 0) + (spec.series.length > 1 && !lined ? 24 : 0), bottom: 4, containLabel: true },
      legend: { show: spec.series.length > 1 && !lined, top: 0, left: 0, icon: "roundRect", itemWidth: 10, itemHeight: 10, textStyle: { color: ink } },
      tooltip: { trigger: scatter ? "item" : "axis", renderMode: "richText", backgroundColor: this.color("raised"), borderColor: this.color("line-strong"),
        borderWidth: 1, padding: [6, 10], textStyle: { color: this.color("ink"), fontSize: 12 }, axisPointer: { lineStyle: { color: quiet }, shadowStyle: { opacity: .3 } },
        formatter: (points) => this.words((Array.isArray(points) ? points[0] : points).dataIndex).replace(": ", "\n").replaceAll(" · ", "\n") },
      xAxis: flat ? value(spec.x) : scatter ? value(spec.x) : category,
      yAxis: flat ? category : over ? [value(spec.y), share] : value(spec.y),
      series: spec.series.map((series, index) => this.series(series, index, ink)),
    }, { replaceMerge: ["series"] })
  }

  series(series, index, ink) {
    const { spec } = this
    const shape = {
      name: series.name, data: series.values,
      type: spec.kind === "scatter" ? "scatter" : spec.kind === "line" || spec.kind === "step" ? "line" : "bar",
      step: spec.kind === "step" ? "end" : undefined,
      stack: spec.kind === "stack" ? "all" : undefined,
    }
    if (series.over) {
      Object.assign(shape, { type: "line", yAxisIndex: 1, symbol: "circle", symbolSize: 6, lineStyle: { width: 2 }, emphasis: { disabled: true } })
    } else if (shape.type === "line") {
      Object.assign(shape, { symbol: "circle", symbolSize: 5, showSymbol: series.values.length < 30, lineStyle: { width: 2, type: series.dashed ? "dashed" : "solid" },
        endLabel: { show: true, formatter: series.name, color: ink, width: 66, overflow: "truncate" }, emphasis: { disabled: true } })
    } else if (shape.type === "bar") {
      Object.assign(shape, { barMaxWidth: 28, itemStyle: { borderRadius: spec.kind === "stack" ? 0 : 2 }, emphasis: { disabled: true } })
    } else {
      Object.assign(shape, { symbolSize: (point) => point[2] ?? 8, itemStyle: { opacity: .75, borderColor: this.color("surface"), borderWidth: 1 } })
    }
    if (index === 0) {
      const along = spec.kind === "hbar" ? "xAxis" : "yAxis"
      shape.markArea = { silent: true, data: (spec.bands ?? []).map((band) => [{ [along]: band.from, itemStyle: { color: this.color(band.color + "-tint"), opacity: .55 } }, { [along]: band.to }]) }
      shape.markLine = { silent: true, symbol: "none", label: { color: ink, formatter: "{b}", position: "insideStartTop" }, lineStyle: { color: ink, type: "dashed" },
        data: [...(spec.lines ?? []).map((line) => ({ [along]: line.value, name: line.text })),
          ...(spec.markers ?? []).map((marker) => ({ xAxis: marker.at, name: marker.text, label: { position: "end", distance: [0, 2] }, lineStyle: { type: "dotted" } }))] }
    }
    return shape
  }

  written(number, axis = {}) {
    const text = new Intl.NumberFormat("en", Math.abs(number) >= 10_000 ? { notation: "compact", maximumFractionDigits: 1 } : { maximumFractionDigits: 2 }).format(number).replace("K", "k")
    return axis.unit === "%" ? text + " %" : axis.unit ? `${text} ${axis.unit}` : text
  }

  words(index) {
    const { spec } = this
    const axis = spec.kind === "hbar" ? spec.x : spec.y
    const values = spec.series.filter((series) => series.values[index] != null).map((series) => {
      const value = series.values[index]
      const text = Array.isArray(value) ? `${this.written(value[0], spec.x)}, ${this.written(value[1], spec.y)}` : this.written(value, series.over ? { unit: "%" } : axis)
      return spec.series.length > 1 ? `${series.name} ${text}` : text
    })
    const marks = (spec.markers ?? []).filter((marker) => marker.at === spec.labels[index]).map((marker) => marker.text)
    return `${spec.labels[index]}: ${[...values, ...marks].join(" · ")}`
  }

  key(event) {
    const last = this.spec.labels.length - 1
    const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key]
    if (event.key === "Enter" && this.at != null) return this.open(this.at)
    if (event.key === "Home") this.at = 0
    else if (event.key === "End") this.at = last
    else if (step) this.at = this.at == null ? (step > 0 ? 0 : last) : Math.max(0, Math.min(last, this.at + step))
    else return
    event.preventDefault()
    this.chart.dispatchAction({ type: "showTip", seriesIndex: 0, dataIndex: this.at })
    this.readout.textContent = this.words(this.at)
  }

  open(index) {
    const url = this.spec.links?.[index]
    if (url?.startsWith("/") && !url.startsWith("//")) location.assign(url)
  }
}
customElements.define("cs-chart", Chart)
