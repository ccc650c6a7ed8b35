// Makes a fresh clone ready: the packages, and with --test the browser. Plain JavaScript for any Node >= 18: it runs before Node 26 is there.
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));

/** The packages that npm installed here, or undefined when there are none. */
function read(path) {
  try {
    return JSON.parse(readFileSync(path, 'utf8')).packages;
  } catch {
    return undefined;
  }
}

/** Says whether every package that the lock wants on this machine is installed in the version it wants. */
function installed() {
  const wanted = read(join(root, 'package-lock.json'));
  const present = read(join(root, 'node_modules', '.package-lock.json'));
  if (!wanted || !present) return false;
  return Object.entries(wanted).every(([path, entry]) => {
    if (path === '') return true;
    const here = present[path];
    if (!here) return entry.optional === true && !fits(entry);
    return here.version === entry.version && existsSync(join(root, path, 'package.json'));
  });
}

/** Whether an optional package is made for this system and processor. */
function fits(entry) {
  const listed = (names, value) => !names || names.includes(value);
  const libc =
    process.platform === 'linux' ? (process.report?.getReport().header.glibcVersionRuntime ? 'glibc' : 'musl') : undefined;
  return listed(entry.os, process.platform) && listed(entry.cpu, process.arch) && listed(entry.libc, libc);
}

function installPackages() {
  if (installed()) return;
  console.error('Quitus : installation des composants (une seule fois, une minute environ)…');
  const npm = process.env.npm_execpath ? [process.execPath, [process.env.npm_execpath]] : ['npm', []];
  const done = spawnSync(
    npm[0],
    // the packages' own install scripts are not needed: what they would do, Quitus does when it starts
    [...npm[1], 'install', '--no-save', '--no-audit', '--no-fund', '--ignore-scripts', '--prefer-offline', '--loglevel=error'],
    { cwd: root, stdio: ['ignore', 2, 2] },
  );
  if (done.status !== 0) {
    console.error(
      "Quitus : l'installation des composants a échoué (voir ci-dessus). Vérifiez la connexion, puis relancez la même commande.",
    );
    process.exit(1);
  }
}

/** The programs that the tests drive and that npm does not ship: [command, Debian package]. */
const TEST_PROGRAMS = [['chromium', 'chromium']];

const onPath = (name) => spawnSync('sh', ['-c', `command -v ${name}`], { stdio: 'ignore' }).status === 0;

function installTestPrograms() {
  const absent = TEST_PROGRAMS.filter(([command]) => !onPath(command) && !(command === 'chromium' && process.env.CHROMIUM_PATH));
  if (absent.length === 0) return;
  const packages = absent.map(([, name]) => name);
  if (process.getuid?.() === 0 && onPath('apt-get')) {
    console.error(`Quitus : installation de ${packages.join(', ')} pour les essais…`);
    const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
    try {
      execFileSync('apt-get', ['update', '-qq'], { env, stdio: ['ignore', 'ignore', 2] });
      execFileSync('apt-get', ['install', '-y', '-qq', '--no-install-recommends', ...packages], {
        env,
        stdio: ['ignore', 'ignore', 2],
      });
      return;
    } catch {
      // the message below says what to do by hand
    }
  }
  console.error(
    `Quitus : les essais ont besoin de ${packages.join(', ')}. Installez-les (« sudo apt-get install ${packages.join(' ')} ») puis relancez « npm test ».`,
  );
  console.error('         CHROMIUM_PATH peut aussi désigner un Chrome ou un Chromium déjà présent.');
  process.exit(1);
}

installPackages();
if (process.argv.includes('--test')) installTestPrograms();
