import Type, { type Static } from 'typebox';

/** RFC 9457 problem details, as every error of the API is answered. */
export const Problem = Type.Object(
  {
    type: Type.String({ description: 'Stable address of the kind of problem: /problems/<slug>' }),
    title: Type.String(),
    status: Type.Integer({ minimum: 100, maximum: 599 }),
    detail: Type.Optional(Type.String()),
    instance: Type.Optional(Type.String()),
    requestId: Type.Optional(Type.String()),
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
  type: Type.String(),
  title: Type.String(),
  detail: Type.Optional(Type.String()),
  entry: Type.Optional(Type.String()),
});
export type TaskProblem = Static<typeof TaskProblem>;
