import { createContext, runInContext } from 'node:vm';
import {
  absDependencies,
  acosDependencies,
  addDependencies,
  asinDependencies,
  atan2Dependencies,
  atanDependencies,
  cbrtDependencies,
  ceilDependencies,
  combinationsDependencies,
  cosDependencies,
  create,
  divideDependencies,
  eDependencies,
  expDependencies,
  type FactoryFunctionMap,
  factorialDependencies,
  floorDependencies,
  gcdDependencies,
  hypotDependencies,
  lcmDependencies,
  log2Dependencies,
  log10Dependencies,
  logDependencies,
  type MathNode,
  maxDependencies,
  meanDependencies,
  medianDependencies,
  minDependencies,
  modDependencies,
  multiplyDependencies,
  nthRootDependencies,
  parseDependencies,
  permutationsDependencies,
  piDependencies,
  powDependencies,
  roundDependencies,
  signDependencies,
  sinDependencies,
  sqrtDependencies,
  subtractDependencies,
  sumDependencies,
  tanDependencies,
  tauDependencies,
  unaryMinusDependencies,
  unaryPlusDependencies,
} from 'mathjs/number';

/** Long enough for any sum a person asks for; a loop over a billion terms is cut off. */
const TIME_LIMIT_MS = 500;

const functions = {
  absDependencies,
  acosDependencies,
  asinDependencies,
  atan2Dependencies,
  atanDependencies,
  cbrtDependencies,
  ceilDependencies,
  combinationsDependencies,
  cosDependencies,
  expDependencies,
  floorDependencies,
  gcdDependencies,
  hypotDependencies,
  lcmDependencies,
  log10Dependencies,
  log2Dependencies,
  logDependencies,
  maxDependencies,
  meanDependencies,
  medianDependencies,
  minDependencies,
  nthRootDependencies,
  permutationsDependencies,
  roundDependencies,
  signDependencies,
  sinDependencies,
  sqrtDependencies,
  sumDependencies,
  tanDependencies,
};
const constants = { eDependencies, piDependencies, tauDependencies };
const named = (dependencies: object) =>
  new Set(Object.keys(dependencies).map((name) => name.replace('Dependencies', '')));
const functionNames = named(functions);
const constantNames = named(constants);
const operators = new Set([
  'add',
  'subtract',
  'multiply',
  'divide',
  'pow',
  'mod',
  'factorial',
  'unaryMinus',
  'unaryPlus',
  'unaryPercentage',
]);

const operations = {
  addDependencies,
  divideDependencies,
  factorialDependencies,
  modDependencies,
  multiplyDependencies,
  powDependencies,
  subtractDependencies,
  unaryMinusDependencies,
  unaryPlusDependencies,
};

const factories: FactoryFunctionMap = {};
for (const needed of [
  parseDependencies,
  ...[operations, functions, constants].flatMap((group) => Object.values(group)),
])
  Object.assign(factories, needed);
const math = create(factories);

/**
 * Calculates with plain numbers. What may be written is a closed list, checked on the parsed expression before
 * anything runs: numbers, arithmetic, the functions and constants above. No names can be assigned and no lists,
 * strings or properties be reached, so an expression can neither grow nor touch anything but numbers.
 *
 * @returns the number as text, to 14 significant digits
 * @throws Error that says what is wrong with the expression, for the model
 */
export function evaluateArithmetic(expression: string): string {
  const node = parse(expression.replaceAll('×', '*').replaceAll('÷', '/').replaceAll('−', '-'));
  node.traverse(check);
  const value: unknown = withinTime(() => node.evaluate());
  if (typeof value !== 'number') throw new Error('This does not give a number.');
  if (Number.isNaN(value))
    throw new Error('This has no result (such as 0/0 or the root of a negative number).');
  if (!Number.isFinite(value)) throw new Error('The result is too large, or something was divided by zero.');
  if (Number.isSafeInteger(value)) return String(value);
  const rounded = String(Number(value.toPrecision(14)));
  // Beyond 2^53 a plain number has lost its last digits.
  return Number.isInteger(value) ? `about ${rounded}` : rounded;
}

function parse(expression: string): MathNode {
  try {
    return math.parse(expression);
  } catch (error) {
    throw new Error(
      `This is no arithmetic expression: ${error instanceof Error ? error.message : 'unreadable'}`,
    );
  }
}

function check(node: MathNode): void {
  const { type } = node;
  const name = 'name' in node ? String(node.name) : '';
  const allowed =
    type === 'ParenthesisNode' ||
    (type === 'ConstantNode' && 'value' in node && typeof node.value === 'number') ||
    (type === 'OperatorNode' && 'fn' in node && operators.has(String(node.fn))) ||
    (type === 'FunctionNode' && functionNames.has(name)) ||
    (type === 'SymbolNode' && (functionNames.has(name) || constantNames.has(name)));
  if (allowed) return;
  const what = name ? `\`${name.slice(0, 40)}\` cannot be used` : 'this form cannot be used';
  throw new Error(
    `Here ${what}. There are numbers, + - * / ^ % !, parentheses, ${[...constantNames, ...functionNames].join(', ')}.`,
  );
}

/** Runs code of ours, stopping it when it takes too long; only `vm` can end a loop that never gives way. */
function withinTime<T>(work: () => T): T {
  let result: { value: T } | undefined;
  const context = createContext({
    work: () => {
      result = { value: work() };
    },
  });
  try {
    runInContext('work()', context, { timeout: TIME_LIMIT_MS });
  } catch (error) {
    if (isTimeout(error)) throw new Error('This takes too long to calculate.');
    throw error;
  }
  if (!result) throw new Error('This gave no result.');
  return result.value;
}

/** The error is made inside the context, so it is no `Error` of ours. */
function isTimeout(error: unknown): boolean {
  const code = typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined;
  return code === 'ERR_SCRIPT_EXECUTION_TIMEOUT';
}
