import { readdirSync, readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { placesIn } from '../../local/places.ts';

/** Ticks of /proc/<pid>/stat per second, as Linux has it everywhere Node runs. */
const TICKS_PER_SECOND = 100;
const RESOLUTION_MS = 10;
const NS_PER_MS = 1_000_000;

/** What the machine did during a measurement: shares are of one core. */
export interface MachineUse {
  cores: number;
  emulator: number;
  functions: number;
  /** Simulator, model server and meter, which are in the bench's own process. */
  bench: number;
  /** What else ran on the machine: the measurement wants it near 0. */
  others: number;
  /** How late that process was at its timers, the 99th percentile in milliseconds. */
  benchLateMs: number;
}

/** Begins to measure; the function that it gives ends that. */
export function measureMachine(stateDir: string): () => MachineUse {
  const pid = Number(readFileSync(placesIn(stateDir).pidFile('emulator'), 'utf8').trim());
  const delay = monitorEventLoopDelay({ resolution: RESOLUTION_MS });
  delay.enable();
  const began = performance.now();
  const busyBefore = busyTicks();
  const before = { emulator: ticksOf(pid), functions: ticksOfChildren(pid), bench: process.cpuUsage() };
  return () => {
    delay.disable();
    const seconds = (performance.now() - began) / 1_000;
    const { user, system } = process.cpuUsage(before.bench);
    const share = (ticks: number) => ticks / TICKS_PER_SECOND / seconds;
    const emulator = share(ticksOf(pid) - before.emulator);
    const functions = share(ticksOfChildren(pid) - before.functions);
    const bench = (user + system) / 1_000_000 / seconds;
    return {
      cores: availableParallelism(),
      emulator,
      functions,
      bench,
      others: Math.max(0, share(busyTicks() - busyBefore) - emulator - functions - bench),
      benchLateMs: Math.max(0, delay.percentile(99) / NS_PER_MS - RESOLUTION_MS),
    };
  };
}

/** Processor time of all processes: user, nice, system, and what interrupts took. */
function busyTicks(): number {
  const [, user, nice, system, , , irq, softirq] = readFileSync('/proc/stat', 'utf8')
    .split(/\s+/)
    .map(Number);
  return (user ?? 0) + (nice ?? 0) + (system ?? 0) + (irq ?? 0) + (softirq ?? 0);
}

/** Processor time of a process itself, user and system; of one that is gone, none. */
function ticksOf(pid: number): number {
  const fields = statOf(pid);
  return fields ? Number(fields[11]) + Number(fields[12]) : 0;
}

/** Of its children, those that have ended included. */
function ticksOfChildren(pid: number): number {
  const fields = statOf(pid);
  const ended = fields ? Number(fields[13]) + Number(fields[14]) : 0;
  const living = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map((name) => statOf(Number(name)))
    .filter((stat) => Number(stat?.[1]) === pid)
    .reduce((sum, stat) => sum + Number(stat?.[11]) + Number(stat?.[12]), 0);
  return ended + living;
}

/** Fields behind the command's name: state, parent, … */
function statOf(pid: number): string[] | undefined {
  try {
    return (readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1) ?? '').split(' ');
  } catch {
    return undefined;
  }
}
