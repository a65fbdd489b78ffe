import { limits } from '@comprimemelo/contracts/limits';

/** What Fastify's own errors say, for people. Theirs name functions, or repeat what the client has sent. */
export const parserTexts: Record<string, string> = {
  FST_ERR_CTP_INVALID_JSON_BODY: 'The body is not valid JSON.',
  FST_ERR_CTP_EMPTY_JSON_BODY: 'The body is missing.',
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: 'The body is not as long as `Content-Length` says.',
  FST_ERR_BAD_URL: 'The path has a `%` that two hexadecimal digits do not follow.',
  FST_ERR_MAX_PARAM_LENGTH: 'A part of the path is longer than 512 characters.',
  FST_FILES_LIMIT: `At most ${limits.files} files are taken in one request.`,
  FST_FIELDS_LIMIT: `At most ${limits.fields} form fields are taken.`,
  FST_PARTS_LIMIT: 'The form has more parts than are taken.',
  FST_PROTO_VIOLATION: 'A form field has a name that no field may have.',
  FST_INVALID_JSON_FIELD_ERROR: 'A form field declares itself JSON, and is not valid JSON.',
  FST_INVALID_MULTIPART_CONTENT_TYPE: '`Content-Type` must be `multipart/form-data`.',
};
