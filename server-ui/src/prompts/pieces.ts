export interface Piece {
  variable: boolean
  text: string
}

/** A prompt taken apart at its variables, and at the prompts that it takes in. */
export function piecesOf(text: string): Piece[] {
  return text
    .split(/(\{\{[^{}\n]{1,200}\}\}|@@@langfusePrompt:[^@\n]{1,300}@@@)/)
    .map((piece, index) => ({ variable: index % 2 === 1, text: piece }))
    .filter(({ text: piece }) => piece !== '')
}
