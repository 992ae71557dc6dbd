import { spawnSync } from 'node:child_process';
import { setTimeout } from 'node:timers/promises';

/** Kills a process and everything it started, without giving any of it a chance to tidy up. */
export async function killTree(root: number): Promise<void> {
  if (process.platform === 'win32') {
    spawnSync('taskkill', ['/pid', String(root), '/T', '/F']);
    return;
  }
  const doomed = [root, ...descendants(root)];
  for (const pid of doomed) {
    try {
      process.kill(pid, 'SIGKILL');
    } catch {
      // Gone already: children end when their parent does.
    }
  }
  const deadline = Date.now() + 10_000;
  while (Date.now() < deadline) {
    const running = new Set(processes().map(({ pid }) => pid));
    if (!doomed.some((pid) => running.has(pid))) return;
    await setTimeout(20);
  }
  throw new Error(`Processes ${doomed.join(', ')} survived SIGKILL.`);
}

function descendants(root: number): number[] {
  const all = processes();
  const found = [root];
  for (const parent of found) for (const child of all) if (child.parent === parent) found.push(child.pid);
  return found.slice(1);
}

/** All processes except those that are dead and only wait for their parent to take note. */
function processes(): { pid: number; parent: number }[] {
  const { stdout } = spawnSync('ps', ['-A', '-o', 'pid=,ppid=,stat='], { encoding: 'utf8' });
  return stdout
    .split('\n')
    .map((line) => line.trim().split(/\s+/))
    .filter(([pid, , state]) => pid && !state?.startsWith('Z'))
    .map(([pid, parent]) => ({ pid: Number(pid), parent: Number(parent) }));
}
