/** An input may have this many bytes. */
export const MOST_INPUT_BYTES = 32 * 1024 * 1024

/** A document may have this many bytes; the API server itself takes 3 MiB, but a List may be longer. */
export const MOST_DOCUMENT_BYTES = 8 * 1024 * 1024

/** Maps and lists may stand in one another this deep. */
export const MOST_NESTING = 250

/** A document may hold this many values by way of aliases. */
export const MOST_ALIASED_VALUES = 100_000
