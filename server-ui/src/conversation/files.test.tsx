import { screen } from '@testing-library/react'
import { expect, it } from 'vitest'
import { fakeServer, renderAt } from '../test/server'
import { Conversation } from './Conversation'
import { fileOf, withFiles } from './files'
import { normalize } from './normalize'

const reference = (type: string, id: string) => `@@@langfuseMedia:type=${type}|id=${id}|source=bytes@@@`

it('takes references out of a text', () => {
  expect(withFiles(`See ${reference('image/png', 'm1')} and ${reference('audio/wav', 'm2')}.`)).toMatchObject([
    { kind: 'text', text: 'See ' },
    { kind: 'file', mediaType: 'image/png', id: 'm1' },
    { kind: 'text', text: ' and ' },
    { kind: 'file', mediaType: 'audio/wav', id: 'm2' },
    { kind: 'text', text: '.' },
  ])
  expect(withFiles('@@@langfuseMedia:broken')).toEqual([{ kind: 'text', text: '@@@langfuseMedia:broken' }])
})

it.each([
  ['OpenAI sound', { type: 'input_audio', input_audio: { data: 'UklGRg==', format: 'mp3' } }, 'audio/mpeg', 'data:audio/mpeg;base64,UklGRg==', null],
  ['OpenAI file', { type: 'file', file: { filename: 'a.pdf', file_data: 'data:application/pdf;base64,JVBE' } }, 'application/pdf', 'data:application/pdf;base64,JVBE', 'a.pdf'],
  ['Anthropic document', { type: 'document', title: 'Terms', source: { type: 'base64', media_type: 'application/pdf', data: 'JVBE' } }, 'application/pdf', 'data:application/pdf;base64,JVBE', 'Terms'],
  ['a page', { type: 'file', file: { filename: 'a.html', file_data: 'data:text/html;base64,PGI+' } }, 'text/html', 'data:application/octet-stream;base64,PGI+', 'a.html'],
  ['an id only', { type: 'file', file: { file_id: 'file-7' } }, 'application/octet-stream', null, 'file-7'],
])('%s becomes a file', (_, part, mediaType, source, name) => {
  expect(fileOf(part)).toEqual({ kind: 'file', mediaType, name, source, id: null })
})

it('shows a picture that the server keeps, from its own origin', async () => {
  fakeServer({ '/api/public/media/m1': { mediaId: 'm1', contentType: 'image/png', contentLength: 10, url: 'http://other:3000/api/media/m1?token=x' } })
  const content = [{ type: 'image_url', image_url: { url: reference('image/png', 'm1') } }, { type: 'text', text: `and ${reference('application/pdf', 'gone')}` }]
  renderAt('/', <Conversation conversation={normalize([{ role: 'user', content }], null)} label="Conversation" />)
  expect((await screen.findByRole('img', { name: 'Attached, image/png' })).getAttribute('src')).toBe('/api/media/m1?token=x')
  expect(await screen.findByText('not uploaded')).toBeTruthy()
})
