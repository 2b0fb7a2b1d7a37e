/** How large a picture is shown, and which part of it. */

const most = 8
/** By a key or a button; a wheel goes in finer steps. */
export const zoomStep = 1.5

type Point = { x: number; y: number }

/** `scale` 1 fits the window. `x` and `y` are in px, from the middle. */
export class Zoom {
  scale = $state(1)
  x = $state(0)
  y = $state(0)
  readonly isIn = $derived(this.scale > 1)

  /** Zooms so that what is at `at` (from the middle, in px) stays there; the picture stays within `room` around its middle. */
  by(factor: number, at: Point, room: Point): void {
    const scale = Math.min(most, Math.max(1, this.scale * factor))
    const grown = scale / this.scale
    this.scale = scale
    this.moveTo({ x: at.x - (at.x - this.x) * grown, y: at.y - (at.y - this.y) * grown }, room)
  }

  /** `room`: half of the shown picture's sides at scale 1. */
  moveTo({ x, y }: Point, room: Point): void {
    const limitX = room.x * (this.scale - 1)
    const limitY = room.y * (this.scale - 1)
    this.x = Math.min(limitX, Math.max(-limitX, x))
    this.y = Math.min(limitY, Math.max(-limitY, y))
  }

  fit(): void {
    this.scale = 1
    this.x = 0
    this.y = 0
  }
}
