import t from 'tap';
import {
  choosePackages,
  readPolicy,
  rootPrefix,
  workerPrograms,
} from '../../src/servers/apt-plan.js';

const facts = { hasAptGet: true, isRoot: false, hasSudo: false };

t.test('packages are installed as root, or by sudo without a password, or not at all', (t) => {
  t.same(rootPrefix({ ...facts, isRoot: true }), []);
  t.same(rootPrefix({ ...facts, isRoot: true, hasSudo: true }), []);
  t.same(rootPrefix({ ...facts, hasSudo: true }), ['sudo', '-n']);
  t.equal(rootPrefix(facts), undefined);
  t.equal(rootPrefix({ ...facts, hasAptGet: false, isRoot: true }), undefined);
  t.end();
});

t.test('only what is missing is installed, under the names that apt knows', (t) => {
  const bookworm = new Set([
    'mariadb-server-core',
    'mariadb-client-core',
    'mariadb-server',
    'rabbitmq-server',
    'nginx',
    'nginx-light',
  ]);
  const jammy = new Set(['mariadb-server', 'rabbitmq-server', 'nginx']);
  t.same(choosePackages(['database', 'broker', 'proxy'], bookworm), [
    'mariadb-server-core',
    'mariadb-client-core',
    'rabbitmq-server',
    'nginx',
  ]);
  t.same(choosePackages(['database', 'proxy'], jammy), ['mariadb-server', 'nginx']);
  t.same(choosePackages(['broker'], jammy), ['rabbitmq-server']);
  t.same(choosePackages(['proxy'], new Set(['nginx-light'])), ['nginx-light']);
  t.equal(choosePackages(['database', 'broker'], new Set(['mariadb-server'])), undefined);
  t.end();
});

t.test('what is wished for is installed on the way, and keeps nothing away', (t) => {
  const known = new Set(['nginx', 'bubblewrap']);
  t.same(choosePackages(['proxy'], known, ['bubblewrap']), ['nginx', 'bubblewrap']);
  t.same(choosePackages([], known, ['bubblewrap']), ['bubblewrap']);
  t.same(choosePackages(['proxy'], new Set(['nginx']), ['bubblewrap']), ['nginx']);
  t.equal(choosePackages([], new Set(['nginx']), ['bubblewrap']), undefined);
  t.equal(choosePackages(['broker'], known, ['bubblewrap']), undefined);
  t.same(workerPrograms, {
    bwrap: 'bubblewrap',
    bsdtar: 'libarchive-tools',
    'libdeflate-gzip': 'libdeflate-tools',
    lbzip2: 'lbzip2',
  });
  t.end();
});

t.test('a package without a candidate is not known', (t) => {
  const output = [
    'mariadb-server-core:',
    '  Installed: (none)',
    '  Candidate: (none)',
    '  Version table:',
    'nginx:',
    '  Installed: (none)',
    '  Candidate: 1.22.1-9',
    '  Version table:',
    '     1.22.1-9 500',
    '        500 http://mirror.example bookworm/main amd64 Packages',
  ].join('\n');
  t.same([...readPolicy(output)], ['nginx']);
  t.same([...readPolicy('')], []);
  t.end();
});
