import { statfs } from 'node:fs/promises';
import type { Command } from 'commander';
import { describeConfig, loadConfig } from '#platform/config.ts';
import { PlatformFailure } from '#platform/failure.ts';

/** One thing looked at: what was found, and what to do when it is not as it should be. */
interface Finding {
  readonly name: string;
  readonly ok: boolean;
  readonly found: string;
  readonly advice?: string;
}

const NEEDED_NODE = 26;
const NEEDED_BYTES = 500 * 1024 * 1024;

/** `quitus doctor`: is everything there that Quitus needs, and if not, what to do. */
export function registerDoctor(program: Command): void {
  program
    .command('doctor')
    .description('vérifie ce dont Quitus a besoin (moteur, base, lettres, disque) et dit quoi faire')
    .option('--json', 'répond en JSON')
    .action(async (options: { json?: boolean }) => {
      const findings = await examine();
      if (options.json) console.log(JSON.stringify(findings));
      else
        for (const f of findings)
          console.log(`${f.ok ? '✔' : '✘'} ${f.name} : ${f.found}${f.ok || !f.advice ? '' : `\n    → ${f.advice}`}`);
      process.exitCode = findings.every((f) => f.ok) ? 0 : 1;
    });
}

async function examine(): Promise<Finding[]> {
  const config = loadConfig();
  if (!config.ok)
    return [
      runtime(),
      { name: 'Réglages', ok: false, found: config.refusal.message, advice: 'Corrigez ces variables, puis relancez.' },
    ];
  const settings = Object.entries(describeConfig(config.value)).map(([name, value]) => `${name} ${value}`);
  return [
    runtime(),
    { name: 'Réglages', ok: true, found: settings.join(', ') },
    await database(),
    await letters(),
    await disk(config.value.dataDir),
  ];
}

function runtime(): Finding {
  const major = Number(process.versions.node.split('.')[0]);
  return {
    name: 'Moteur',
    ok: major >= NEEDED_NODE,
    found: `Node ${process.versions.node} (${process.platform} ${process.arch})`,
    advice: 'Lancez « npm run setup » à la racine de Quitus : il installe le moteur qu’il faut.',
  };
}

async function database(): Promise<Finding> {
  try {
    const { openDatabase } = await import('#platform/db/database.ts');
    const config = loadConfig();
    if (!config.ok) throw new Error(config.refusal.message);
    const db = await openDatabase(config.value);
    await db.close();
    const { serverVersion, place, isolation } = db.about;
    const walls =
      isolation === 'role' ? '' : ' ; cloisonnement des entreprises par règles seules, faute de pouvoir créer un rôle';
    return { name: 'Base de données', ok: true, found: `PostgreSQL ${serverVersion}, ${place}${walls}` };
  } catch (error) {
    if (!(error instanceof PlatformFailure)) throw error;
    return { name: 'Base de données', ok: false, found: error.message };
  }
}

async function letters(): Promise<Finding> {
  const { closePdf, probePdf } = await import('#platform/pdf/pdf.ts');
  try {
    const report = await probePdf();
    return { name: 'Lettres', ok: true, found: `Typst (${report.packageName}), toutes les polices présentes` };
  } catch (error) {
    if (!(error instanceof PlatformFailure)) throw error;
    return { name: 'Lettres', ok: false, found: error.message };
  } finally {
    closePdf();
  }
}

async function disk(dataDir: string): Promise<Finding> {
  const { dirname } = await import('node:path');
  const { existsSync } = await import('node:fs');
  let folder = dataDir;
  while (!existsSync(folder)) folder = dirname(folder);
  const { bavail, bsize } = await statfs(folder);
  const free = bavail * bsize;
  return {
    name: 'Disque',
    ok: free >= NEEDED_BYTES,
    found: `${(free / 1024 ** 3).toFixed(1).replace('.', ',')} Gio libres pour ${dataDir}`,
    advice: 'Libérez de la place, ou placez les données ailleurs avec QUITUS_DATA.',
  };
}
