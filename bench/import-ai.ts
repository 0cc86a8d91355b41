/** AI SDK by itself, as the baseline of `import-run-turn.ts`. */
export { streamText } from 'ai';
