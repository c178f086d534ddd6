/**
 * A string of JSON, as the source of a regular expression. Between escapes it is one run, so that an image of
 * megabytes in it does not fill the stack.
 */
export const JSON_STRING = /"[^"\\]*(?:\\.[^"\\]*)*"/.source;
