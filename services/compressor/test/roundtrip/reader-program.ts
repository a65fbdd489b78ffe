/**
 * Python that takes the path of an archive in each line, as JSON, and answers with a line of what it holds: tars by
 * tarfile, zips by zipfile, single files by the module or program of their format. Times are exact: of a pax tar those
 * of its records, of a zip those of the NTFS field.
 */
export const readerProgram = `
import bz2, decimal, gzip, hashlib, io, json, lzma, stat, struct, subprocess, sys, tarfile, zipfile

def held(kind, path, content, mode, time, target=''):
  seconds, nanoseconds = time if time else (None, 0)
  digest = '' if content is None else hashlib.sha256(content).hexdigest()
  return dict(kind=kind, path=path, sha256=digest, mode=mode, seconds=seconds, nanoseconds=nanoseconds, target=target)

def exact(text):
  ticks = int(decimal.Decimal(text) * 10**9)
  return ticks // 10**9, ticks % 10**9

def read_tar(data):
  with tarfile.open(fileobj=io.BytesIO(data), mode='r:') as tar:
    for m in tar:
      time = exact(m.pax_headers['mtime']) if 'mtime' in m.pax_headers else (int(m.mtime), 0)
      if m.isdir(): yield held('directory', m.name, None, m.mode, time)
      elif m.issym(): yield held('symlink', m.name, None, m.mode, time, m.linkname)
      else: yield held('file', m.name, tar.extractfile(m).read(), m.mode, time, m.linkname if m.islnk() else '')

def ntfs_time(extra):
  while len(extra) >= 4:
    id, length = struct.unpack('<HH', extra[:4])
    if id == 0x000a:
      ticks, = struct.unpack('<Q', extra[12:20])
      return ticks // 10**7 - 11644473600, ticks % 10**7 * 100
    extra = extra[4 + length:]

def read_zip(data):
  with zipfile.ZipFile(io.BytesIO(data)) as archive:
    for m in archive.infolist():
      mode, time, path, content = m.external_attr >> 16, ntfs_time(m.extra), m.filename, archive.read(m)
      if path.endswith('/'): yield held('directory', path[:-1], None, mode & 0o7777, time)
      elif stat.S_ISLNK(mode): yield held('symlink', path, None, mode & 0o7777, time, content.decode())
      else: yield held('file', path, content, mode & 0o7777, time)

def read_single(content, time):
  yield held('file', '', content, None, time)

def read(path):
  with open(path, 'rb') as file: data = file.read()
  tail = path.rsplit('/', 1)[1].split('.', 1)[1]
  unpackers = dict(gz=gzip.decompress, bz2=bz2.decompress, xz=lzma.decompress, zst=unzstd)
  if tail == 'zip': return list(read_zip(data))
  last = tail.rsplit('.', 1)[-1]
  content = unpackers[last](data) if last in unpackers else data
  if tail.startswith('tar'): return list(read_tar(content))
  seconds = struct.unpack('<I', data[4:8])[0] if last == 'gz' else 0
  return list(read_single(content, (seconds, 0) if seconds else None))

def unzstd(data):
  return subprocess.run(['zstd', '-dcq'], input=data, stdout=subprocess.PIPE, check=True).stdout

for line in sys.stdin:
  print(json.dumps(read(json.loads(line))), flush=True)
`;
