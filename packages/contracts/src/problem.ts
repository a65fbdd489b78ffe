import Type, { type Static } from 'typebox';

/** RFC 9457 problem details, as every error of the API is answered. */
export const Problem = Type.Object(
  {
    type: Type.String({
      description: 'Identifies the kind of problem and links to a page that explains it. Stable',
      examples: ['/problems/task-not-found'],
    }),
    title: Type.String({ examples: ['Task not found'] }),
    status: Type.Integer({ minimum: 100, maximum: 599, examples: [404] }),
    detail: Type.Optional(Type.String({ description: 'What went wrong with this request' })),
    instance: Type.Optional(Type.String({ description: 'Path of the request' })),
    requestId: Type.Optional(
      Type.String({
        description: 'Id of the request, as in `X-Request-Id` and in the logs',
        examples: ['7d1f1c1e9a8b4e6f'],
      }),
    ),
    errors: Type.Optional(
      Type.Array(Type.Object({ pointer: Type.String(), detail: Type.String() }), {
        description: 'The invalid fields, each with a JSON pointer',
      }),
    ),
    supported: Type.Optional(
      Type.Array(Type.String(), { description: 'The values that are supported' }),
    ),
  },
  { $id: 'Problem', description: 'RFC 9457 problem details' },
);
export type Problem = Static<typeof Problem>;

/** What went wrong with a task; `entry` names the archive's entry at fault. */
export const TaskProblem = Type.Object({
  type: Type.String({ examples: ['/problems/archive-corrupt'] }),
  title: Type.String({ examples: ['The archive is damaged or incomplete'] }),
  detail: Type.Optional(Type.String()),
  entry: Type.Optional(
    Type.String({ description: 'Path of the archive entry that caused the problem' }),
  ),
});
export type TaskProblem = Static<typeof TaskProblem>;
