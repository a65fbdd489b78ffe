import { provideImage } from './docker.js';
import { images, proxyContainer } from './docker-servers.js';
import { fromRoot } from './layout.js';
import { answersReady } from './probes.js';
import { step } from './progress.js';
import type { Provided } from './provide-servers.js';
import { type ProxySettings, proxyProgram } from './proxy.js';
import { type RunContext, startPart } from './run-context.js';
import { loadSecrets } from './secrets.js';
import type { Supervised } from './supervise.js';

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
    if (found === 'container') await provideImage(images.proxy, run.signal);
    const program =
      found === 'container'
        ? proxyContainer({ dirs, settings, ready })
        : proxyProgram(found, { dirs, settings, ready });
    return startPart(program, run, run.signal);
  });
}
