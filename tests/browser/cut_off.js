// Every visible text that lies partly outside the window, or outside a box that hides what does not fit in it.
// What can be scrolled to is not cut off, and neither is what is hidden from everybody or meant for screen readers only.
() => {
    const SPARE = 2;
    const width = document.documentElement.clientWidth;
    const found = [];
    if (document.documentElement.scrollWidth > width + SPARE) {
        found.push(`the page is ${document.documentElement.scrollWidth} pixels wide in a window of ${width}`);
    }
    const hides = (overflow) => overflow === "hidden" || overflow === "clip";
    const scrolls = (overflow) => overflow === "auto" || overflow === "scroll";
    const cutBy = (box, element) => {
        let canScrollX = false;
        let canScrollY = false;
        for (let around = element; around && around !== document.body; around = around.parentElement) {
            const style = getComputedStyle(around);
            const frame = around.getBoundingClientRect();
            if (style.display === "inline" || style.display === "contents") continue;
            if (frame.width <= 1 || frame.height <= 1) {
                if (hides(style.overflowX) || style.clipPath !== "none") return "";
            }
            canScrollX ||= scrolls(style.overflowX);
            canScrollY ||= scrolls(style.overflowY);
            const name = around.tagName.toLowerCase() + (around.className ? "." + String(around.className).split(" ")[0] : "");
            if (!canScrollX && hides(style.overflowX) && (box.right > frame.right + SPARE || box.left < frame.left - SPARE)) return name;
            if (!canScrollY && hides(style.overflowY) && (box.bottom > frame.bottom + SPARE || box.top < frame.top - SPARE)) return name;
            if (style.position === "fixed" && (frame.left >= width || frame.right <= 0)) return "";
        }
        if (!canScrollX && (box.right > width + SPARE || box.left < -SPARE)) return "the window";
        return "";
    };
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    const range = document.createRange();
    while (walker.nextNode()) {
        const element = walker.currentNode.parentElement;
        const text = walker.currentNode.data.trim();
        // A symbol of the icon font is a word drawn as one sign.
        if (!text || element.closest("script, style, noscript, template, select, .material-symbols-outlined")) continue;
        if (!element.checkVisibility({ visibilityProperty: true, opacityProperty: true })) continue;
        range.selectNodeContents(walker.currentNode);
        for (const box of range.getClientRects()) {
            const by = box.width && box.height ? cutBy(box, element) : "";
            if (by) {
                found.push(`“${text.slice(0, 60)}” is cut off by ${by}`);
                break;
            }
        }
    }
    return found;
}
