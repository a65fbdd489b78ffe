import { step } from '../process/progress.js';
import type { Supervised } from '../process/supervise.js';
import { fromRoot } from '../run/layout.js';
import { type RunContext, startPart } from '../run/run-context.js';
import { loadSecrets } from '../run/secrets.js';
import { composeProxy } from '../servers/compose-servers.js';
import { answersReady } from '../servers/probes.js';
import type { Provided } from '../servers/provide-servers.js';
import { type ProxySettings, proxyProgram } from '../servers/proxy.js';

interface ProxyChoice {
  provided: Provided;
  downloadVia: ProxySettings['downloadVia'];
  /** Bytes. */
  maxUploadBytes: number;
  corsOrigins: string;
}

/** Starts nginx as the one origin in front of the services. */
export async function openProxy(
  run: RunContext,
  { provided, downloadVia, maxUploadBytes, corsOrigins }: ProxyChoice,
): Promise<Supervised> {
  const { ports, dirs } = run;
  const { proxy: found = 'container' } = provided;
  const at = (port: number) => `127.0.0.1:${port}`;
  const settings: ProxySettings = {
    listen: at(ports.nginx),
    upstreams: {
      auth: at(ports.auth),
      tasks: at(ports.tasks),
      files: at(ports.files),
      webhooks: at(ports.webhooks),
      storage: at(ports.storage),
    },
    blobRoot: dirs.blobs,
    docsRoot: fromRoot('openapi/dist/site'),
    downloadVia,
    downloadKey: loadSecrets(dirs).downloadKey,
    maxUploadBytes,
    corsOrigins,
  };
  const ready = () => answersReady(`http://127.0.0.1:${ports.nginx}`);
  return step(run.progress, 'Starting nginx', async () => {
    const program =
      found === 'container'
        ? await composeProxy({ dirs, port: ports.nginx, settings, ready }, run.signal)
        : proxyProgram(found, { dirs, settings, ready });
    return startPart(program, run, run.signal);
  });
}
