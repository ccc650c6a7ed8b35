import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';

/** The part of the Typst compiler (typst.ts, native) that Quitus uses. The platform packages ship no types of their own. */
export interface TypstCompiler {
  mapShadow(path: string, content: Buffer): void;
  resetShadow(): void;
  evictCache(maxAge: number): void;
  compile(options: { mainFilePath: string }): TypstCompilation;
  pdf(document: object, options: { pdfStandard: string; pdfTags: boolean; creationTimestamp: number }): Buffer;
  fetchDiagnostics(error: object): readonly TypstDiagnostic[];
}

export interface TypstCompilation {
  readonly result: object | null;
  takeError(): object | null;
  takeWarnings(): object | null;
}

export interface TypstDiagnostic {
  readonly message: string;
  readonly path: string;
  readonly range: { readonly start: { readonly line: number } } | null;
}

interface TypstBinding {
  readonly NodeCompiler: {
    create(options: { workspace: string; fontArgs: readonly { fontPaths: readonly string[] }[] }): TypstCompiler;
  };
}

/** What is loaded: the name of the platform's package, and the compiler's maker. */
export interface Typst {
  readonly packageName: string;
  create(): TypstCompiler;
}

const PREFIX = '@myriaddreamin/typst-ts-node-compiler';
/** the folder outside which no template can read */
export const TEMPLATES = fileURLToPath(new URL('../../../templates', import.meta.url));
export const FONTS = fileURLToPath(new URL('../../../assets/fonts', import.meta.url));

/** The packages that may hold the compiler of this machine, the likeliest first. */
export function candidatePackages(platform: string = process.platform, arch: string = process.arch): readonly string[] {
  const abis = platform === 'linux' ? ['-gnu', '-musl'] : platform === 'win32' ? ['-msvc'] : [''];
  return abis.map((abi) => `${PREFIX}-${platform}-${arch}${abi}`);
}

/** Loads the compiler of this machine; undefined when no package for it is installed or none can be loaded. */
export function loadTypst(packages: readonly string[] = candidatePackages()): Typst | undefined {
  const require = createRequire(import.meta.url);
  for (const packageName of packages) {
    try {
      const binding = require(packageName) as TypstBinding;
      const create = () => binding.NodeCompiler.create({ workspace: TEMPLATES, fontArgs: [{ fontPaths: [FONTS] }] });
      return { packageName, create };
    } catch {
      // Not this C library: the next candidate, or undefined, which the caller reports.
    }
  }
  return undefined;
}
