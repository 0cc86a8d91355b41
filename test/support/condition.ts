import type { Condition } from '../../core/store/store.ts';

type Item = Record<string, unknown>;

const TOKEN =
  /\s*(attribute_not_exists|attribute_exists|begins_with|size|AND|OR|NOT|IN|BETWEEN|<>|<=|>=|[=<>(),]|#\w+(?:\.#\w+)*|:\w+)/gy;

/**
 * Evaluates DynamoDB's condition language on an item, as far as our code uses it.
 *
 * @throws Error for what it does not know, so that a test never passes by a misread condition
 */
export function holds({ expression, values = {} }: Condition, item: Item | undefined): boolean {
  const tokens = tokenize(expression);
  let at = 0;
  const peek = () => tokens[at];
  const take = (expected?: string): string => {
    const token = tokens[at++];
    if (token === undefined || (expected && token !== expected))
      throw new Error(`Condition \`${expression}\`: expected ${expected ?? 'more'} at token ${at}.`);
    return token;
  };

  const or = (): boolean => {
    let result = and();
    while (peek() === 'OR') {
      take();
      const right = and();
      result = result || right;
    }
    return result;
  };
  const and = (): boolean => {
    let result = not();
    while (peek() === 'AND') {
      take();
      const right = not();
      result = result && right;
    }
    return result;
  };
  const not = (): boolean => {
    if (peek() !== 'NOT') return primary();
    take();
    return !not();
  };
  const primary = (): boolean => {
    const token = peek();
    if (token === '(') {
      take();
      const result = or();
      take(')');
      return result;
    }
    if (token === 'attribute_exists' || token === 'attribute_not_exists') {
      take();
      take('(');
      const value = operand();
      take(')');
      return (value !== undefined) === (token === 'attribute_exists');
    }
    if (token === 'begins_with') {
      take();
      take('(');
      const value = operand();
      take(',');
      const start = operand();
      take(')');
      return typeof value === 'string' && typeof start === 'string' && value.startsWith(start);
    }
    return comparison();
  };
  const comparison = (): boolean => {
    const left = operand();
    const operator = take();
    if (operator === 'IN') {
      take('(');
      const choices = [operand()];
      while (peek() === ',') {
        take();
        choices.push(operand());
      }
      take(')');
      return choices.some((choice) => compare(left, '=', choice));
    }
    if (operator === 'BETWEEN') {
      const low = operand();
      take('AND');
      const high = operand();
      return compare(left, '>=', low) && compare(left, '<=', high);
    }
    return compare(left, operator, operand());
  };
  const operand = (): unknown => {
    const token = take();
    if (token === 'size') {
      take('(');
      const value = operand();
      take(')');
      return typeof value === 'string' || Array.isArray(value)
        ? value.length
        : Object.keys(value ?? {}).length;
    }
    if (token.startsWith(':')) {
      if (!(token in values)) throw new Error(`Condition \`${expression}\`: no value for ${token}.`);
      return values[token];
    }
    if (!token.startsWith('#')) throw new Error(`Condition \`${expression}\`: ${token} is no operand.`);
    return token
      .split('.')
      .reduce<unknown>((value, name) => (value as Item | undefined)?.[name.slice(1)], item);
  };

  const result = or();
  if (at < tokens.length) throw new Error(`Condition \`${expression}\`: ${tokens[at]} is left over.`);
  return result;
}

function tokenize(expression: string): string[] {
  const tokens: string[] = [];
  TOKEN.lastIndex = 0;
  let end = 0;
  for (let match = TOKEN.exec(expression); match; match = TOKEN.exec(expression)) {
    tokens.push(match[1] ?? '');
    end = TOKEN.lastIndex;
  }
  if (expression.slice(end).trim() !== '')
    throw new Error(`Condition \`${expression}\`: cannot read it from ${end}.`);
  return tokens;
}

/** As DynamoDB does it: an absent attribute, or one of another type, makes every comparison but `<>` false. */
function compare(left: unknown, operator: string, right: unknown): boolean {
  const same = typeof left === typeof right && JSON.stringify(left) === JSON.stringify(right);
  if (operator === '=') return left !== undefined && same;
  if (operator === '<>') return !same;
  const numbers = typeof left === 'number' && typeof right === 'number';
  const texts = typeof left === 'string' && typeof right === 'string';
  if (!numbers && !texts) return false;
  if (operator === '<') return left < right;
  if (operator === '<=') return left <= right;
  if (operator === '>') return left > right;
  if (operator === '>=') return left >= right;
  throw new Error(`${operator} is no comparison.`);
}
