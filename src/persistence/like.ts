/** A pattern for `like`: the text anywhere, as it is. */
export const containing = (text: string) => `%${text.replace(/[\\%_]/g, '\\$&')}%`
