import { open } from 'node:fs/promises';

const sectorBytes = 2_048;
/** Where the descriptors of the volume begin and how many are looked at. */
const [firstSector, sectors] = [16, 32];

/** True if an image has a UDF file system. Source: ECMA-167, 2/9 and 3/9: NSR02 and NSR03. */
export async function isUdf(location: string): Promise<boolean> {
  const handle = await open(location);
  try {
    const bytes = Buffer.alloc(sectors * sectorBytes);
    const { bytesRead } = await handle.read(bytes, 0, bytes.length, firstSector * sectorBytes);
    for (let at = 0; at < bytesRead; at += sectorBytes) {
      if (/^NSR0[23]$/.test(bytes.toString('latin1', at + 1, at + 6))) return true;
    }
    return false;
  } finally {
    await handle.close();
  }
}
