/** Calls once the browser has painted what was shown before. */
export function afterPaint(call: () => void): void {
  requestAnimationFrame(() => setTimeout(call));
}
