/// Julia exceptions thrown by the machine itself.
extension Machine {
    /// Where the innermost call stands.
    func place() -> (file: Int, location: SourceLocation) {
        var depth = hot.pointee.depth
        // Code of the prelude is no place that helps; look for the program's own.
        while depth > 0 {
            let frame = frames + depth
            let code = frame.pointee.code
            if code.pointee.file > 0 {
                let index = max(0, min(frame.pointee.next - code.pointee.instructions - 1, code.pointee.count - 1))
                return (code.pointee.file, code.pointee.locations[index])
            }
            depth -= 1
        }
        let frame = hot.pointee.frame
        let index = max(
            0,
            min(frame.pointee.next - frame.pointee.code.pointee.instructions - 1, frame.pointee.code.pointee.count - 1))
        return (0, frame.pointee.code.pointee.locations[index])
    }

    func raise(_ value: Value) -> Unwind {
        exception = value
        trapPlace = place()
        return Unwind()
    }

    /// Throws an instance of a struct of Base.
    func raise(_ typeName: String, _ fields: [Value]) -> Unwind {
        guard let slot = find(typeName, in: 0), globals[slot].isType else {
            return stop(.uncaught("\(typeName) before the prelude was loaded"))
        }
        pinned += fields
        defer { pinned.removeLast(fields.count) }
        do throws(Unwind) {
            let type = TypeID(globals[slot].bits)
            let object = try newFields(type, types.fieldTypes(type).count)
            for index in 0..<object.pointee.count {
                object.fields[index] = index < fields.count ? fields[index] : .nothing
            }
            if object.pointee.count == 0 { return raise(Value(immediate: 0, type: type)) }
            return raise(Value(object: object))
        } catch {
            return error
        }
    }

    /// Throws an exception whose only field is a message.
    func raise(_ typeName: String, message: String) -> Unwind {
        do throws(Unwind) {
            return raise(typeName, [try newString(message)])
        } catch {
            return error
        }
    }

    func argumentError(_ message: String) -> Unwind { raise("ArgumentError", message: message) }
    func errorException(_ message: String) -> Unwind { raise("ErrorException", message: message) }

    func typeError(_ context: String, expected: TypeID, got: Value) -> Unwind {
        do throws(Unwind) {
            let text = symbols.value(context)
            return raise("TypeError", [text, try newString(""), Value(type: expected), got])
        } catch {
            return error
        }
    }

    func undefinedVariable(_ symbol: Int) -> Unwind {
        raise("UndefVarError", [Value(immediate: UInt64(symbol), type: Core.symbol)])
    }

    func boundsError(_ array: Value, _ index: Value) -> Unwind { raise("BoundsError", [array, index]) }

    func inexact(_ function: String, _ type: TypeID, _ value: Value) -> Unwind {
        raise("InexactError", [symbols.value(function), Value(type: type), value])
    }

    func methodError(_ arguments: UnsafeMutablePointer<Value>, _ count: Int) -> Unwind {
        do throws(Unwind) {
            let list = try newTuple((0..<count).map { arguments[$0 + 1] })
            return raise("MethodError", [arguments[0], list])
        } catch {
            return error
        }
    }

    func domainError(_ value: Value, _ message: String) -> Unwind {
        do throws(Unwind) {
            return raise("DomainError", [value, try newString(message)])
        } catch {
            return error
        }
    }

    func unsupported(_ what: String) -> Unwind { stop(.unsupported(what)) }
}
