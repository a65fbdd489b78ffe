import type { FastifyInstance } from 'fastify';

const literal = (text: string) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

/** A route's address as a pattern: `:name` stands for one segment, `*` for all that follows. A slash may end it. */
function patternOf(url: string): RegExp {
  const segments = url.split('/').map((segment) => {
    if (segment === '*') return '.*';
    return segment.startsWith(':') ? '[^/]+' : literal(segment);
  });
  return new RegExp(`^${segments.join('/')}/?$`);
}

/** Finds the methods of an address, in order, among the routes that `app` gets from here on. */
export function knownMethods(app: FastifyInstance): (address: string) => string[] {
  const routes = new Map<string, { pattern: RegExp; methods: Set<string> }>();
  app.addHook('onRoute', ({ url, method }) => {
    const route = routes.get(url) ?? { pattern: patternOf(url), methods: new Set() };
    for (const name of [method].flat()) route.methods.add(name);
    routes.set(url, route);
  });
  return (address) => {
    const path = address.split('?', 1)[0] ?? address;
    const found = [...routes.values()].filter(({ pattern }) => pattern.test(path));
    return [...new Set(found.flatMap(({ methods }) => [...methods]))].sort();
  };
}
