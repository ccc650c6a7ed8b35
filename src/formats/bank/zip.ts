import { unzipSync } from 'fflate';
import type { Result } from '#core/kernel/result.ts';
import { type StatementOptions, statementLimitsOf } from './options.ts';
import { StatementStopped } from './refusals.ts';
import type { Emit, StatementFile } from './statement.ts';

/** More files than this are not the statements of a download. */
const MAX_MEMBERS = 500;

type Read = (bytes: Uint8Array, name: string, options: StatementOptions) => Promise<Result<StatementFile>>;

/** The files of an archive, folders and the notes of file managers left out, within the limits. */
function unzip(bytes: Uint8Array, limit: number): [name: string, content: Uint8Array][] {
  let total = 0;
  let count = 0;
  try {
    const files = unzipSync(bytes, {
      filter: ({ name, originalSize }) => {
        if (name.endsWith('/') || /(?:^|\/)(?:__MACOSX\/|\.)/.test(name)) return false;
        total += originalSize;
        count += 1;
        if (total > limit || count > MAX_MEMBERS) {
          throw new StatementStopped('too-large', { what: 'son contenu décompressé', limit });
        }
        return true;
      },
    });
    return Object.entries(files).sort(([a], [b]) => (a < b ? -1 : 1));
  } catch (error) {
    throw error instanceof StatementStopped ? error : new StatementStopped('corrupt-archive');
  }
}

/** Banks hand out several statements as one archive: all are read, in the order of their names, or the archive is refused. */
export async function statementsInZip(bytes: Uint8Array, emit: Emit, options: StatementOptions, read: Read): Promise<void> {
  const members = unzip(bytes, statementLimitsOf(options).maxUnfoldedBytes);
  if (members.length === 0) throw new StatementStopped('no-statement');
  for (const [name, content] of members) {
    // An archive within an archive is refused: that is how small files unfold without end.
    if (content[0] === 0x50 && content[1] === 0x4b) {
      throw new StatementStopped('archive-member', {
        member: name,
        why: `« ${name} » est lui-même une archive ou un classeur : décompressez l’archive.`,
      });
    }
    const result = await read(content, name, options);
    if (!result.ok)
      throw new StatementStopped('archive-member', { member: name, why: result.refusal.message, cause: result.refusal.code });
    emit({ kind: 'file', format: result.value.format });
    for (const { entries, warnings, ...head } of result.value.statements) {
      emit({ kind: 'open', head });
      for (const entry of entries) emit({ kind: 'entry', entry });
      emit({ kind: 'close', head, warnings });
    }
  }
}
