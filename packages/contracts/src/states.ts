/** The states of a task. `uploaded` means stored and accepted; the last three are final. */
export const taskStatuses = ['uploaded', 'processing', 'processed', 'failed', 'cancelled'] as const;
export type TaskStatus = (typeof taskStatuses)[number];

export const terminalStatuses = ['processed', 'failed', 'cancelled'] as const;

/** The states in which a task still needs its inputs. */
export const activeStatuses = ['uploaded', 'processing'] as const satisfies TaskStatus[];

export const isTerminal = (status: TaskStatus): boolean =>
  (terminalStatuses as readonly string[]).includes(status);

export const operations = ['compress', 'decompress', 'convert', 'inspect'] as const;
export type OperationName = (typeof operations)[number];

export const levels = ['fastest', 'fast', 'normal', 'best'] as const;
export type Level = (typeof levels)[number];

/** What compress does with the folders of its inputs. */
export const pathChoices = ['keep', 'flatten'] as const;
export type PathChoice = (typeof pathChoices)[number];

export const fileKinds = ['upload', 'result'] as const;
export type FileKindName = (typeof fileKinds)[number];
