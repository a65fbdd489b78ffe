import type { Repository } from '../repository.js';

export interface Violation {
  /** Where, as a path of the repository. */
  readonly path: string;
  readonly detail: string;
}

export interface Rule {
  /** As it is printed with each violation. */
  readonly name: string;
  readonly check: (repository: Repository) => Violation[];
}

/** Every import that the test forbids. */
export const forbidImports =
  (isForbidden: (from: string, to: string) => boolean): Rule['check'] =>
  ({ files }) =>
    [...files.values()].flatMap(({ path, imports }) =>
      imports
        .filter((to) => isForbidden(path, to))
        .map((to) => ({ path, detail: `imports ${to.replace(/^(?:npm|absent):/, '')}` })),
    );

/** What ships: the sources of the services and of the packages that they use. */
export const isProduction = (path: string): boolean =>
  /^(?:services\/[^/]+|packages\/(?!testing\/)[^/]+|prisma)\/src\//.test(path);
