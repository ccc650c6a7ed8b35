import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createAdaptorServer } from '@hono/node-server';
import type { Hono } from 'hono';
import { errorCode, PlatformFailure } from '#platform/failure.ts';
import type { WebEnv } from '#ui/web.ts';

export interface RunningServer {
  /** where a browser on this machine finds it */
  readonly url: string;
  readonly port: number;
  /** stops accepting, lets running requests finish for up to 5 seconds, then closes; the same promise each time it is called */
  readonly close: () => Promise<void>;
}

/** How long running requests may take to finish when Quitus stops. */
const GRACE_MS = 5000;

/** Slow clients do not hold a connection for ever: headers in 10 s, a whole request in 5 min (large uploads on a slow line). */
const TIMES = { headersTimeout: 10_000, requestTimeout: 300_000, keepAliveTimeout: 5_000, connectionsCheckingInterval: 5_000 };
const CONNECTIONS = 1000;

/** Listens. Throws a PlatformFailure with French words when the address cannot be had. Port 0 takes any free one. */
export async function serve(
  app: Pick<Hono<WebEnv>, 'fetch'>,
  { host, port }: { host: string; port: number },
): Promise<RunningServer> {
  // A first request may come in before the listener is told: the server is a plain HTTP one, whatever the adaptor's type allows.
  const server = createAdaptorServer({ fetch: app.fetch, serverOptions: TIMES }) as Server;
  server.maxConnections = CONNECTIONS;
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error) => reject(cannotListen(error, host, port)));
    server.listen({ host, port }, resolve);
  });
  const bound = (server.address() as AddressInfo).port;
  let closing: Promise<void> | undefined;
  return {
    url: `http://${hostInUrl(host)}:${bound}`,
    port: bound,
    close: () => (closing ??= stop(server)),
  };
}

async function stop(server: Server): Promise<void> {
  const closed = new Promise<void>((resolve) => server.close(() => resolve()));
  // A connection that a browser keeps for later becomes idle once its last request is answered: it must not hold the exit.
  const sweep = setInterval(() => server.closeIdleConnections(), 50);
  const late = setTimeout(() => server.closeAllConnections(), GRACE_MS);
  await closed;
  clearInterval(sweep);
  clearTimeout(late);
}

/** Calls `act` at the first SIGINT or SIGTERM; a second one ends the process at once. Gives a function that stops listening for them. */
export function onStopSignal(act: (signal: NodeJS.Signals) => void): () => void {
  let asked = false;
  const listener = (signal: NodeJS.Signals): void => {
    if (asked) process.exit(1);
    asked = true;
    act(signal);
  };
  const signals = ['SIGINT', 'SIGTERM'] as const;
  for (const signal of signals) process.on(signal, listener);
  return () => {
    for (const signal of signals) process.off(signal, listener);
  };
}

function cannotListen(error: Error, host: string, port: number): Error {
  const code = errorCode(error);
  if (code === 'EADDRINUSE') {
    return new PlatformFailure(
      'web.port-taken',
      `Le port ${port} est déjà pris sur ${host}\u202f: Quitus tourne peut-être déjà (ouvrez http://${hostInUrl(host)}:${port}), ou un autre programme l’utilise. Pour prendre un autre port\u202f: PORT=${port === 65_535 ? 4747 : port + 1} npm start`,
      { cause: error },
    );
  }
  if (code === 'EACCES') {
    return new PlatformFailure(
      'web.port-forbidden',
      `Le système interdit le port ${port} à ce compte. Prenez un port à partir de 1024, par exemple PORT=4747.`,
      { cause: error },
    );
  }
  if (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND') {
    return new PlatformFailure(
      'web.host-unknown',
      `Cette machine n’a pas l’adresse ${host}. Vérifiez HOST\u202f: 127.0.0.1 pour cette machine seule, 0.0.0.0 pour tout le réseau.`,
      { cause: error },
    );
  }
  return error;
}

/** An address as it stands in a URL; the ones that mean "everywhere" are reached by loopback. */
function hostInUrl(host: string): string {
  if (host === '0.0.0.0' || host === '::') return '127.0.0.1';
  return host.includes(':') && !host.startsWith('[') ? `[${host}]` : host;
}
