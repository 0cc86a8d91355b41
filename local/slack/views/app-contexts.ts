import type { JsonObject } from '../json.ts';

/** What each person looks at beside an app's messages tab: channels, canvases, lists, messages (§6 app_context_changed). */
export class AppContexts {
  readonly #entities = new Map<string, JsonObject[]>();

  of(user: string, app: string): JsonObject[] {
    return this.#entities.get(`${user}/${app}`) ?? [];
  }

  set(user: string, app: string, entities: JsonObject[]): void {
    this.#entities.set(`${user}/${app}`, entities);
  }

  clear(): void {
    this.#entities.clear();
  }
}
