/**
 * Names documents for Bedrock, which takes few characters and refuses a conversation in which two have the same name,
 * in whichever letters (ContentBlock and DocumentBlock of the Converse API: "Messages can't contain duplicate document
 * names"). To be asked in the order in which the documents stand: what an earlier one is called does not depend on
 * later ones.
 */
export function documentNames(): (filename: string | undefined) => string {
  const used = new Set<string>();
  return (filename = '') => {
    const name =
      filename
        .replace(/\.[^.]*$/, '')
        .replace(/[^a-zA-Z0-9\s()[\]-]/g, ' ')
        .replace(/\s+/g, ' ')
        .trim()
        .slice(0, 180)
        .trim() || 'document';
    for (let count = 1; ; count++) {
      const numbered = count === 1 ? name : `${name} (${count})`;
      if (used.has(numbered.toLowerCase())) continue;
      used.add(numbered.toLowerCase());
      return numbered;
    }
  };
}
