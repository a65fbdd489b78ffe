/**
 * Takes the place of a dependency while the document is made: routes are declared with it and never run.
 * Throws whenever something is asked of it.
 */
export const standIn = <Dependency extends object>(name: string): Dependency =>
  new Proxy({} as Dependency, {
    get(_target, property) {
      throw new Error(`${name}.${String(property)} was asked for while the document was made`);
    },
  });
