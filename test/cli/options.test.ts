import { describe, expect, test } from 'vitest'
import { POD, podwright, put, stackFrame } from './podwright.js'

put('web.yaml', POD)

const MISUSE = [
  ['run', 'web.yaml', '--seed', 'abc'],
  ['run', 'web.yaml', '--seed', '1.5'],
  ['run', 'web.yaml', '--seed', '99999999999999999999'],
  ['run', 'web.yaml', '--seed', '1', '--recipe', 'pw1:'],
  ['run', 'web.yaml', '--recipe', 'nonsense'],
  ['run', 'web.yaml', '--recipe', '@nowhere.txt'],
  ['run', 'web.yaml', '--horizon', '-5'],
  ['run', 'web.yaml', '--horizon', '5'],
  ['run', 'web.yaml', '--horizon', '0'],
  ['run', 'web.yaml', '--horizon', '1000000h'],
  ['run', 'web.yaml', '--at', 'noon'],
  ['run', 'web.yaml', '--at', '20m'],
  ['run', 'web.yaml', '--nodes', '0'],
  ['run', 'web.yaml', '--nodes', '1e9'],
  ['run', 'web.yaml', '--nodes', '1000000'],
  ['run', 'web.yaml', '--nodes', 'web.yaml'],
  ['run', 'web.yaml', '--kubernetes', '1.99'],
  ['run', 'web.yaml', '--namespace', 'Not A Name'],
  ['run', 'web.yaml', '--output', 'jsn'],
  ['run', 'web.yaml', '--behave', 'web/app: exitss 1'],
  ['run', 'web.yaml', '--behave', 'wbe/app: exits 1'],
  ['run', 'web.yaml', '--why', 'wbe Ready=False'],
  ['run', 'web.yaml', '--why', 'web Reddy=False'],
  ['run', 'web.yaml', '--horizn', '5s'],
  ['run', 'web.yaml', '--seed'],
  ['run', '-f', 'web.yaml'],
  ['run'],
  ['run', 'nowhere.yaml'],
  ['rnu', 'web.yaml'],
  ['web.yaml'],
  ['diff', 'web.yaml'],
  ['diff', 'web.yaml', '--against', 'sed=7'],
  ['diff', 'web.yaml', '--against', 'seed=x'],
  ['diff', 'web.yaml', 'web.yaml', 'web.yaml'],
]

describe('misuse of options ends with 2 and says what was expected', () => {
  test.each(MISUSE.map(args => [args.join(' '), args] as const))('podwright %s', (_, args) => {
    const { code, out, err } = podwright(args)
    expect(err).toMatchSnapshot()
    expect({ code, out }).toEqual({ code: 2, out: '' })
    expect(err).not.toMatch(stackFrame)
  })
})

describe('help', () => {
  test('podwright alone explains itself', () => {
    expect(podwright([])).toEqual({ ...podwright(['--help']), code: 0 })
  })

  test.each([[], ['run'], ['test'], ['record'], ['replay'], ['diff']].map(command => [[...command, '--help']]))(
    '%s',
    args => {
      const { code, out, err } = podwright(args)
      expect({ code, err }).toEqual({ code: 0, err: '' })
      expect(out).toMatchSnapshot()
      expect(Math.max(...out.split('\n').map(line => line.length))).toBeLessThanOrEqual(120)
    },
  )

  test('help COMMAND is COMMAND --help', () => {
    expect(podwright(['help', 'run'])).toEqual(podwright(['run', '--help']))
  })

  test('the version is that of the package', () => {
    expect(podwright(['--version']).out).toMatch(/^\d+\.\d+\.\d+\n$/)
  })
})
