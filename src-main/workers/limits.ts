/** What reading one feed or page may take: processor time in ms, and heap and buffers in MB. */
export const feedLimits = { deadlineMs: 8_000, memoryMb: 256 }
/** What drawing one SVG may take. A large map takes a second. */
export const drawingLimits = { deadlineMs: 3_000, memoryMb: 256 }
