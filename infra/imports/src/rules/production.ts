import { forbidImports, isProduction, type Rule } from './rule.js';

const isTest = (path: string) =>
  /(?:^|\/)test\//.test(path) || path.startsWith('packages/testing/') || path === 'npm:tap';

const ships = (folder: string) => isProduction(`${folder}/src/`);

/** Nothing that only tests need is in what ships. */
export const production: readonly Rule[] = [
  {
    name: 'no-test-only-module-in-production',
    check: (repository) => [
      ...forbidImports((from, to) => isProduction(from) && isTest(to))(repository),
      ...[...repository.files.keys()]
        .filter(
          (path) =>
            isProduction(path) &&
            /(?:^|[/.-])(?:test|tests|testing|fixtures?|mocks?)[/.]/.test(path),
        )
        .map((path) => ({ path, detail: 'is named as what tests need' })),
      ...repository.packages
        .filter(({ folder }) => ships(folder))
        .filter(({ exports, dependencies }) =>
          [...exports, ...dependencies].some((name) => /\/test\/|\/testing$|^tap$/.test(name)),
        )
        .map(({ folder }) => ({ path: `${folder}/package.json`, detail: 'ships what tests need' })),
    ],
  },
  {
    name: 'production-imports-its-dependencies-alone',
    check: ({ files, packages }) =>
      [...files.values()]
        .filter(({ path }) => isProduction(path))
        .flatMap(({ path, imports }) => {
          const own = packages.find(({ folder }) => path.startsWith(`${folder}/`));
          const others = imports
            .filter((to) => to.startsWith('npm:'))
            .map((to) => to.slice('npm:'.length))
            .filter((name) => own?.dependencies.includes(name) !== true);
          return others.map((name) => ({
            path,
            detail: `imports ${name}, no dependency of its package`,
          }));
        }),
  },
];
