import type { Operation } from '../model/document.js';

/** Operations whose body may be left out: the generator says of every body that it is required. */
const withoutBody = ['retryTask'];

/** The same operation, where what has a default, or may be missing, is not required. */
export function withOptionalInput(operation: Operation): Operation {
  const { operationId = '', parameters, requestBody } = operation;
  return {
    ...operation,
    ...(parameters === undefined
      ? {}
      : {
          parameters: parameters.map((parameter) =>
            parameter.schema?.default === undefined ? parameter : { ...parameter, required: false },
          ),
        }),
    ...(requestBody !== undefined && withoutBody.includes(operationId)
      ? { requestBody: { ...requestBody, required: false } }
      : {}),
  };
}
