import t from 'tap';
import { isPublicAddress } from '../../src/addresses/public-address.js';

const refused: Record<string, string[]> = {
  'this host and this network': ['0.0.0.0', '0.1.2.3', '::'],
  loopback: ['127.0.0.1', '127.255.255.254', '::1'],
  private: ['10.0.0.1', '172.16.0.1', '172.31.255.255', '192.168.1.1', 'fc00::1', 'fd00:ec2::254'],
  'shared by carriers': ['100.64.0.1', '100.127.255.255'],
  'link-local, and metadata of clouds': [
    '169.254.0.1',
    '169.254.169.254',
    'fe80::1',
    'fe80::1%eth0',
  ],
  'protocols and documentation': [
    '192.0.0.1',
    '192.0.2.1',
    '198.51.100.1',
    '203.0.113.1',
    '198.18.0.1',
    '198.19.255.255',
    '2001:db8::1',
    '2001:10::1',
    '2001:20::1',
    '2001:2::1',
    '3fff::1',
  ],
  'multicast, broadcast and reserved': [
    '224.0.0.1',
    '239.1.1.1',
    '240.0.0.1',
    '255.255.255.255',
    'ff02::1',
  ],
  'relays of old': ['192.88.99.1'],
  'IPv4 inside of IPv6': [
    '::ffff:127.0.0.1',
    '::ffff:7f00:1',
    '::ffff:10.0.0.1',
    '::ffff:0:127.0.0.1',
  ],
  'IPv4-compatible': ['::127.0.0.1', '::a9fe:a9fe', '::8.8.8.8'],
  NAT64: ['64:ff9b::7f00:1', '64:ff9b::169.254.169.254', '64:ff9b::10.0.0.1', '64:ff9b:1::8.8.8.8'],
  '6to4': ['2002:7f00:1::', '2002:a00:1::1', '2002:808:808::1'],
  Teredo: ['2001:0:4136:e378:8000:63bf:3fff:fdd2', '2001::1'],
  'site-local, and what IANA has not given out': ['fec0::1', '4000::1', '100::1', '5f00::1'],
  'no address': ['', 'localhost', '1.2.3.4.5', '999.1.1.1', '[::1]', '8.8.8.8/8'],
};

const allowed = [
  '8.8.8.8',
  '1.1.1.1',
  '93.184.216.34',
  '172.15.0.1',
  '172.32.0.1',
  '100.63.0.1',
  '100.128.0.1',
  '11.0.0.1',
  '169.253.0.1',
  '223.255.255.254',
  '198.17.0.1',
  '198.20.0.1',
  '2606:4700:4700::1111',
  '2a00:1450:4001::1',
  '::ffff:8.8.8.8',
  '64:ff9b::8.8.8.8',
];

for (const [what, addresses] of Object.entries(refused)) {
  t.test(`refused: ${what}`, async (t) => {
    for (const address of addresses) t.equal(isPublicAddress(address), false, address);
  });
}

t.test('public addresses are not', async (t) => {
  for (const address of allowed) t.equal(isPublicAddress(address), true, address);
});
