import Type, { type Static } from 'typebox';

/** RFC 9457 problem details, as every error of the API is answered. */
export const Problem = Type.Object(
  {
    type: Type.String({
      description: 'The kind of problem: the address of a page that explains it. Never changes',
      examples: ['/problems/task-not-found'],
    }),
    title: Type.String({ examples: ['There is no such task'] }),
    status: Type.Integer({ minimum: 100, maximum: 599, examples: [404] }),
    detail: Type.Optional(Type.String({ description: 'What happened this time' })),
    instance: Type.Optional(Type.String({ description: 'The path that was asked for' })),
    requestId: Type.Optional(
      Type.String({
        description: 'As in `X-Request-Id`; the logs have it too',
        examples: ['7d1f1c1e9a8b4e6f'],
      }),
    ),
    errors: Type.Optional(
      Type.Array(Type.Object({ pointer: Type.String(), detail: Type.String() }), {
        description: 'The fields at fault, by JSON pointer',
      }),
    ),
    supported: Type.Optional(
      Type.Array(Type.String(), { description: 'What could have been asked for instead' }),
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
  entry: Type.Optional(Type.String({ description: "The archive's entry at fault" })),
});
export type TaskProblem = Static<typeof TaskProblem>;
