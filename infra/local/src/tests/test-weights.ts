/**
 * CPU seconds of the test files that take most, with what they make the servers do: measured on two cores, rounded.
 * They decide what begins first and what is left out of the unit lane, nothing else: a wrong one costs some seconds.
 */
export const heavy: Readonly<Record<string, number>> = {
  'e2e/test/jobs/main-job.test': 50,
  'e2e/test/jobs/faults.test': 40,
  'infra/local/test/system/system.test': 40,
  'e2e/test/jobs/simultaneous-jobs.test': 35,
  'e2e/test/jobs/many-entries.test': 15,
  'e2e/test/papers/tour.test': 15,
  'e2e/test/accounts/missing-secrets.test': 6,
  'e2e/test/contract/fuzz.test': 12,
  'e2e/test/jobs/watch.test': 12,
  'openapi/test/script/comprimemelo-archives.test': 15,
  'openapi/test/clients/clients.test': 15,
  'openapi/test/page/page.test': 12,
  'openapi/test/script/comprimemelo.test': 10,
  'openapi/test/page/password-reset.test': 8,
  'openapi/test/document/lint.test': 6,
  'packages/storage-client/test/storage-client.test': 8,
  'services/compressor/test/foreign/foreign-archives.test': 35,
  'services/compressor/test/engines/seven-zip/memory-need.test': 20,
  'services/compressor/test/operations/convert-table.test': 20,
  'services/compressor/test/hostile/mutations.test': 17,
  'services/compressor/test/roundtrip/roundtrip.test': 50,
  'services/compressor/test/hostile/names.test': 17,
  'services/compressor/test/hostile/bombs.test': 12,
  'services/compressor/test/hostile/odd-names.test': 9,
  'services/compressor/test/hostile/damage.test': 8,
  'services/compressor/test/hostile/passwords.test': 7,
  'services/compressor/test/worker/killed-packing.test': 14,
  'services/compressor/test/extract/unpack-inputs.test': 15,
  'services/compressor/test/engines/process/run-program.test': 12,
  'services/compressor/test/operations/many-entries.test': 10,
  'services/compressor/test/operations/large-sizes.test': 40,
  'services/compressor/test/operations/inspect.test': 6,
  'services/compressor/test/safety/verdict.test': 6,
  'services/compressor/test/open/container-part.test': 6,
  'services/compressor/test/operations/decompress.test': 6,
};

/** CPU seconds of a file that is not heavy. */
const usual = 0.8;

/** The name of a compiled test file in the table. */
const nameOf = (file: string) => file.replace('/dist/test/', '/test/').replace(/\.js$/, '');

/** CPU seconds that this compiled test file takes, more or less. */
export const weightOf = (file: string): number => heavy[nameOf(file)] ?? usual;
