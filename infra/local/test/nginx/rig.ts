import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Child, startChild } from '../../src/process/child.js';
import { until } from '../../src/process/until.js';
import { layout, makeDirectories } from '../../src/run/layout.js';
import { answersOk } from '../../src/servers/probes.js';
import { type ProxySettings, proxyProgram } from '../../src/servers/proxy.js';
import { findServerPrograms } from '../../src/servers/server-programs.js';
import { freePorts } from '../fixtures/free-ports.js';

type Upstream = keyof ProxySettings['upstreams'];

export interface NginxRig {
  origin: string;
  port: number;
  blobRoot: string;
  docsRoot: string;
  /** Stops an upstream: connections to it are refused from then on. */
  stopUpstream(name: Upstream): Promise<void>;
  close(): Promise<void>;
}

async function listen(handler: RequestListener): Promise<{ server: Server; address: string }> {
  const server = createServer(handler).listen({ port: 0, host: '127.0.0.1', backlog: 4_096 });
  await once(server, 'listening');
  return { server, address: `127.0.0.1:${(server.address() as AddressInfo).port}` };
}

async function closeServer(server: Server): Promise<void> {
  server.close();
  server.closeAllConnections();
  await once(server, 'close');
}

/** A real nginx with the real template, in front of stand-ins for the services. */
export async function nginxRig(
  handlers: Record<Upstream, RequestListener>,
  settings: Partial<ProxySettings> = {},
): Promise<NginxRig> {
  const dirs = layout(mkdtempSync(join(tmpdir(), 'comprimemelo-nginx-')));
  makeDirectories(dirs);
  const docsRoot = join(dirs.dataDir, 'docs');
  mkdirSync(docsRoot);
  const names = Object.keys(handlers) as Upstream[];
  const upstreams = await Promise.all(names.map((name) => listen(handlers[name])));
  const servers = new Map(names.map((name, index) => [name, upstreams[index]]));
  const address = (name: Upstream) => servers.get(name)?.address ?? '';
  const port = await freePorts();
  const { proxy } = await findServerPrograms();
  if (proxy === undefined) throw new Error('nginx is not installed');
  const program = proxyProgram(proxy, {
    dirs,
    settings: {
      listen: `127.0.0.1:${port}`,
      upstreams: {
        auth: address('auth'),
        tasks: address('tasks'),
        files: address('files'),
        webhooks: address('webhooks'),
        storage: address('storage'),
      },
      blobRoot: dirs.blobs,
      docsRoot,
      downloadVia: 'disk',
      downloadKey: 'of-the-rig',
      maxUploadBytes: 1024 * 1024,
      corsOrigins: '',
      ...settings,
    },
    ready: () => answersOk(`http://127.0.0.1:${port}/readyz`),
  });
  const child: Child = await startChild(program);
  if (!(await until(program.ready, { timeout: 60_000 }))) throw new Error('nginx does not answer');
  const stopUpstream = async (name: Upstream) => {
    const upstream = servers.get(name);
    servers.delete(name);
    if (upstream !== undefined) await closeServer(upstream.server);
  };
  return {
    origin: `http://127.0.0.1:${port}`,
    port,
    blobRoot: dirs.blobs,
    docsRoot,
    stopUpstream,
    async close() {
      await child.stop();
      for (const name of names) await stopUpstream(name);
      rmSync(dirs.dataDir, { recursive: true });
    },
  };
}
