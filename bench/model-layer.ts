/** What run-turn knows of models, as a bundle of its own: for questions of what is loaded when. */
export { createCallModel } from '../core/models/call-model.ts';
export { resolveModel } from '../core/models/resolve-model.ts';
