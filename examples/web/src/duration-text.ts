const twoDigits = (count: number) => String(count).padStart(2, '0')

/** 02:05, or 1:02:05 */
export const durationText = (seconds: number): string => {
  const hours = Math.floor(seconds / 3600)
  const rest = `${twoDigits(Math.floor(seconds / 60) % 60)}:${twoDigits(seconds % 60)}`
  return hours > 0 ? `${hours}:${rest}` : rest
}
