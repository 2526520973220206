import Type from 'typebox'

/**
 * Text that is stored, looked for and shown as it is. No control characters, of which the store does not take a NUL, and no half of a
 * character, which it would change into something else.
 */
export const Text = (maxLength: number) => Type.String({ minLength: 1, maxLength, pattern: '^[^\\u0000-\\u001f\\u007f\\ud800-\\udfff]*$' })
