import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { inheritedEnvironment, type Program } from '../process/program.js';
import { fromRoot, type Layout, logFile } from '../run/layout.js';
import { render } from './template.js';

/** Room in a request's body beside its files: the framing of the parts and the form fields, in bytes. */
const framing = 2 * 1024 * 1024;

/** Bytes of a request's body at most, for files of so many. */
export const bodyBound = (maxUploadBytes: number): number => maxUploadBytes + framing;

export interface ProxySettings {
  /** Host and port, or a port. */
  listen: string;
  upstreams: Record<'auth' | 'tasks' | 'files' | 'webhooks' | 'storage', string>;
  blobRoot: string;
  docsRoot: string;
  downloadVia: 'disk' | 'storage';
  /** The DOWNLOAD_KEY of files. */
  downloadKey: string;
  maxUploadBytes: number;
  /** Origins of web pages that may call the API, separated by spaces. */
  corsOrigins: string;
}

/** Writes nginx.conf from the template into the directory and returns its path. */
export function writeProxyConfiguration(directory: string, settings: ProxySettings): string {
  mkdirSync(directory, { recursive: true, mode: 0o700 });
  const configuration = join(directory, 'nginx.conf');
  const template = readFileSync(fromRoot('infra/nginx/nginx.conf.template'), 'utf8');
  const text = render(template, {
    NGINX_LISTEN: settings.listen,
    NGINX_RUN_DIR: directory,
    NGINX_AUTH: settings.upstreams.auth,
    NGINX_TASKS: settings.upstreams.tasks,
    NGINX_FILES: settings.upstreams.files,
    NGINX_WEBHOOKS: settings.upstreams.webhooks,
    NGINX_STORAGE: settings.upstreams.storage,
    NGINX_MAX_BODY_BYTES: String(bodyBound(settings.maxUploadBytes)),
    NGINX_DOWNLOAD_VIA: settings.downloadVia,
    NGINX_DOWNLOAD_KEY: settings.downloadKey,
    NGINX_BLOB_ROOT: settings.blobRoot,
    NGINX_CORS_ORIGINS: settings.corsOrigins,
    NGINX_DOCS_ROOT: settings.docsRoot,
  });
  writeFileSync(configuration, text, { mode: 0o600 });
  return configuration;
}

/** Nginx's workers change to a user who cannot read the blobs, unless told otherwise. */
export const globalDirectives = (): string =>
  process.getuid?.() === 0 ? 'daemon off; user root;' : 'daemon off;';

export const proxyArguments = (configuration: string): string[] => [
  '-c',
  configuration,
  '-e',
  'stderr',
  '-g',
  globalDirectives(),
];

interface ProxyOptions {
  dirs: Layout;
  settings: ProxySettings;
  ready: () => Promise<boolean>;
}

/** A private nginx with its pid file, temporary files and configuration under the data directory. */
export function proxyProgram(binary: string, { dirs, settings, ready }: ProxyOptions): Program {
  const configuration = writeProxyConfiguration(dirs.proxy, settings);
  return {
    name: 'nginx',
    command: binary,
    args: proxyArguments(configuration),
    env: inheritedEnvironment(),
    logFile: logFile(dirs, 'nginx'),
    // Lets the requests end that are under way.
    stopSignal: 'SIGQUIT',
    grace: 15_000,
    startTimeout: 20_000,
    ready,
  };
}
