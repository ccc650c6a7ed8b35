import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import { Hono } from 'hono';
import { type Asset, assetAt } from '#ui/assets.ts';
import type { WebEnv } from '#ui/web.ts';

const brotli = promisify(brotliCompress);
const gzipped = promisify(gzip);

type Encoding = 'br' | 'gzip';
const copies = new Map<string, Promise<Buffer>>();

/** The compressed copy of a file, made once, at the first request for it. */
function copyOf(asset: Asset, encoding: Encoding): Promise<Buffer> {
  const key = `${encoding} ${asset.url}`;
  const known = copies.get(key);
  if (known) return known;
  const made =
    encoding === 'br'
      ? brotli(asset.bytes, {
          params: { [constants.BROTLI_PARAM_QUALITY]: 9, [constants.BROTLI_PARAM_SIZE_HINT]: asset.bytes.length },
        })
      : gzipped(asset.bytes, { level: 9 });
  copies.set(key, made);
  return made;
}

const isText = (asset: Asset): boolean => !asset.type.startsWith('font/');

/** The files of the interface: from memory, compressed, kept for ever by the browser since their address holds their hash. */
export function assetRoutes(): Hono<WebEnv> {
  return new Hono<WebEnv>().get('/assets/*', async (c, next) => {
    const asset = assetAt(c.req.path);
    if (!asset) return next();
    const headers: Record<string, string> = {
      'content-type': asset.type,
      'cache-control': 'public, max-age=31536000, immutable',
    };
    if (!isText(asset)) return c.body(new Uint8Array(asset.bytes), 200, headers);
    headers.vary = 'accept-encoding';
    const accepted = c.req.header('accept-encoding') ?? '';
    const encoding = /\bbr\b/.test(accepted) ? 'br' : /\bgzip\b/.test(accepted) ? 'gzip' : undefined;
    if (!encoding) return c.body(new Uint8Array(asset.bytes), 200, headers);
    return c.body(new Uint8Array(await copyOf(asset, encoding)), 200, { ...headers, 'content-encoding': encoding });
  });
}
