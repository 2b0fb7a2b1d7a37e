/** Limits for reading one feed or page: processor time in ms, and heap and buffers in MB. */
export const feedLimits = { deadlineMs: 8_000, memoryMb: 256 }
/** For drawing one SVG. A large map takes a second. */
export const drawingLimits = { deadlineMs: 3_000, memoryMb: 256 }
