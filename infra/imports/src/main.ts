import { check, rules } from './check.js';
import { readRepository } from './repository.js';

/** Checks the repository in the working directory, or that of the first argument, and fails on any violation. */
const repository = readRepository(process.argv[2] ?? process.cwd());
const violations = check(repository);
for (const { rule, path, detail } of violations) console.error(`${rule}: ${path} ${detail}`);
console.log(
  `${repository.files.size} source files, ${rules.length} rules of imports, ${violations.length} violations`,
);
if (violations.length > 0) process.exitCode = 1;
